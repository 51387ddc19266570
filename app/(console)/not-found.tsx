import { PageBody } from "@/components/layout/page-body";
import { PageHeader } from "@/components/layout/page-header";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";

/** "Not there" and "not yours" are one answer: an address must not tell which tenants exist. */
export default function ConsoleNotFound() {
  return (
    <>
      <PageHeader title="Not found" />
      <PageBody width="form">
        <EmptyState
          kind="not-allowed"
          title="This is not here, or you may not see it"
          action={<LinkButton href="/tenants">Open tenants</LinkButton>}
        >
          Check the address. A technician sees the tenants that an owner granted to them: if one is missing,
          ask an owner for it.
        </EmptyState>
      </PageBody>
    </>
  );
}
