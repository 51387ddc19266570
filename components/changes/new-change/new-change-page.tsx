import type { ReactNode } from "react";
import { PageBody } from "@/components/layout/page-body";
import { PageHeader } from "@/components/layout/page-header";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { can } from "@/lib/auth/permissions";
import { loadCurrentOperator } from "@/lib/operators/loaders";

type NewChangePageProps = { title: string; width?: "full" | "form"; children: ReactNode };

/** The frame of every new-change page. Says who can plan changes to those who cannot. */
export async function NewChangePage({ title, width = "form", children }: NewChangePageProps) {
  const { role } = await loadCurrentOperator();
  return (
    <>
      <PageHeader title={title} parent={{ href: "/changes", label: "Changes" }} />
      <PageBody width={width}>
        {can(role, "change.create") ? (
          children
        ) : (
          <Card>
            <EmptyState
              kind="not-allowed"
              title="Auditors cannot plan changes"
              action={<LinkButton href="/changes">View changes</LinkButton>}
            >
              Owners and technicians plan changes. Ask an owner for another role if you need one.
            </EmptyState>
          </Card>
        )}
      </PageBody>
    </>
  );
}
