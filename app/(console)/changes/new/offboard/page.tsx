import type { Metadata } from "next";
import { OffboardForm } from "@/components/changes/new-change/offboard-form";
import { StandingChangePage } from "@/components/changes/new-change/existing-account-page";
import type { SearchParams } from "@/components/people/people-query";

export const metadata: Metadata = { title: "Offboard a person" };

export default async function OffboardPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  return (
    <StandingChangePage kind="offboard" params={await searchParams}>
      {(person) => <OffboardForm kind="offboard" person={person} />}
    </StandingChangePage>
  );
}
