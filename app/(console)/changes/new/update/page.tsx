import type { Metadata } from "next";
import { StandingChangePage } from "@/components/changes/new-change/existing-account-page";
import { UpdateForm } from "@/components/changes/new-change/update-form";
import type { SearchParams } from "@/components/people/people-query";

export const metadata: Metadata = { title: "Update a person" };

export default async function UpdatePage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  return (
    <StandingChangePage kind="update" params={await searchParams}>
      {(person) => <UpdateForm person={person} />}
    </StandingChangePage>
  );
}
