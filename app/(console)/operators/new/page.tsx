import type { Metadata } from "next";
import { PageBody } from "@/components/layout/page-body";
import { PageHeader } from "@/components/layout/page-header";
import { CreateOperatorForm } from "@/components/operators/create-operator-form";
import { loadGrantable } from "@/components/operators/load-grantable";
import { OwnersOnly } from "@/components/operators/owners-only";
import { Card } from "@/components/ui/card";
import { can } from "@/lib/auth/permissions";
import { loadCurrentOperator } from "@/lib/operators/loaders";

export const metadata: Metadata = { title: "Create operator" };

export default async function CreateOperatorPage() {
  const { role } = await loadCurrentOperator();
  if (!can(role, "operator.manage")) return <OwnersOnly title="Create operator" />;
  const grantable = await loadGrantable();
  return (
    <>
      <PageHeader title="Create operator" parent={{ href: "/operators", label: "Operators" }} />
      <PageBody width="form">
        <Card>
          <CreateOperatorForm grantable={grantable} />
        </Card>
      </PageBody>
    </>
  );
}
