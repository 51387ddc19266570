import { PageBody } from "@/components/layout/page-body";
import { PageHeader } from "@/components/layout/page-header";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";

/** "Missing" and "not allowed" are one answer: a URL must not reveal which tenants exist. */
export default function ConsoleNotFound() {
  return (
    <>
      <PageHeader title="Not found" />
      <PageBody width="form">
        <EmptyState
          kind="not-allowed"
          title="Not found, or you have no access"
          action={<LinkButton href="/tenants">Open tenants</LinkButton>}
        >
          Check the address. Technicians see only tenants granted to them. If one is missing, ask an owner.
        </EmptyState>
      </PageBody>
    </>
  );
}
