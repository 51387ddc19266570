import { PageBody } from "@/components/layout/page-body";
import { PageHeader } from "@/components/layout/page-header";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";

/** For whoever follows a link to where operators are managed without being an owner. */
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
            Ask an owner when somebody shall be added, granted a tenant or disabled.
          </EmptyState>
        </Card>
      </PageBody>
    </>
  );
}
