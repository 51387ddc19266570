import type { Metadata } from "next";
import { StandingChangePage } from "@/components/changes/new-change/existing-account-page";
import { UpdateForm } from "@/components/changes/new-change/update-form";
import type { SearchParams } from "@/components/people/people-query";
import { QueryProvider } from "@/components/ui/query-provider";

export const metadata: Metadata = { title: "Update a person" };

export default async function UpdatePage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  return (
    <StandingChangePage kind="update" params={await searchParams}>
      {(person) => (
        <QueryProvider>
          <UpdateForm person={person} />
        </QueryProvider>
      )}
    </StandingChangePage>
  );
}
