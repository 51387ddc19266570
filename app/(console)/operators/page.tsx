import { Plus } from "lucide-react";
import type { Metadata } from "next";
import { PageBody } from "@/components/layout/page-body";
import { PageHeader } from "@/components/layout/page-header";
import { OperatorTable } from "@/components/operators/operator-table";
import { OwnersOnly } from "@/components/operators/owners-only";
import { Card } from "@/components/ui/card";
import { LinkButton } from "@/components/ui/link-button";
import { Notice } from "@/components/ui/notice";
import { can } from "@/lib/auth/permissions";
import { loadCurrentOperator, loadOperators } from "@/lib/operators/loaders";

export const metadata: Metadata = { title: "Operators" };

export default async function OperatorsPage() {
  const { id, role } = await loadCurrentOperator();
  if (!can(role, "operator.manage")) return <OwnersOnly title="Operators" />;
  const operators = await loadOperators();
  const owners = operators.filter((operator) => operator.role === "owner" && !operator.isDisabled);
  return (
    <>
      <PageHeader
        title="Operators"
        actions={
          <LinkButton href="/operators/new" variant="primary" icon={<Plus aria-hidden />}>
            Create operator
          </LinkButton>
        }
      />
      <PageBody>
        {owners.length === 1 ? (
          <Notice kind="warning" title="There is one owner">
            If that owner loses the password, nobody can change tenant modes or manage operators. Create a
            second owner.
          </Notice>
        ) : null}
        <Card isFlush>
          <OperatorTable operators={operators} ownId={id} />
        </Card>
      </PageBody>
    </>
  );
}
