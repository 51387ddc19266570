import { PageBody } from "@/components/layout/page-body";
import { PageHeader } from "@/components/layout/page-header";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";

/** Shown to operators who open an owners' page without being an owner. */
export function OwnersOnly({ title }: { title: string }) {
  return (
    <>
      <PageHeader title={title} />
      <PageBody width="form">
        <Card>
          <EmptyState
            kind="not-allowed"
            title="Owners manage operators"
            action={<LinkButton href="/operators/me">Your own password</LinkButton>}
          >
            Ask an owner to add or disable an operator or to grant a tenant.
          </EmptyState>
        </Card>
      </PageBody>
    </>
  );
}
