import type { Metadata } from "next";
import { StandingChangePage } from "@/components/changes/new-change/existing-account-page";
import { UpdateForm } from "@/components/changes/new-change/update-form";
import type { SearchParams } from "@/components/people/people-query";
import { loadGroups } from "@/lib/directory/loaders";
import { loadTenants } from "@/lib/tenants/loaders";

export const metadata: Metadata = { title: "Update a person" };

export default async function UpdatePage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const tenants = await loadTenants();
  const groups = await loadGroups(tenants.map(({ id }) => id));
  const standing = groups.map(({ tenantId, displayName }) => ({ tenantId, displayName }));
  return (
    <StandingChangePage kind="update" params={await searchParams}>
      {(person) => <UpdateForm person={person} groups={standing} />}
    </StandingChangePage>
  );
}
