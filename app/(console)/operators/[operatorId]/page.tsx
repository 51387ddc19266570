import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { PageBody } from "@/components/layout/page-body";
import { PageHeader } from "@/components/layout/page-header";
import { DisableOperator, EndSessions } from "@/components/operators/disable-operator";
import { loadGrantable } from "@/components/operators/load-grantable";
import { GrantsForm } from "@/components/operators/grants-form";
import { type Operator, toOperatorWord } from "@/components/operators/operator-table";
import { OwnersOnly } from "@/components/operators/owners-only";
import { ResetPasswordForm } from "@/components/operators/reset-password-form";
import { RoleForm } from "@/components/operators/role-form";
import { ActionButton } from "@/components/ui/actions/action-button";
import { Card } from "@/components/ui/card";
import { DefinitionList } from "@/components/ui/definition-list";
import { Notice } from "@/components/ui/notice";
import { TextLink } from "@/components/ui/text-link";
import { Time } from "@/components/ui/time";
import { WordStatus } from "@/components/words/word-status";
import { can } from "@/lib/auth/permissions";
import { enableOperatorAction } from "@/lib/operators/actions";
import { loadCurrentOperator, loadOperators } from "@/lib/operators/loaders";

type Params = Promise<{ operatorId: string }>;

export const metadata: Metadata = { title: "Operator" };

export default async function OperatorPage({ params }: { params: Params }) {
  const { operatorId } = await params;
  const current = await loadCurrentOperator();
  if (!can(current.role, "operator.manage")) return <OwnersOnly title="Operator" />;
  const operators = await loadOperators();
  const operator = operators.find(({ id }) => id === operatorId) ?? notFound();
  const { id, name, role, isDisabled } = operator;
  const grantable = await loadGrantable(operator.tenantIds);
  return (
    <>
      <PageHeader
        title={name}
        parent={{ href: "/operators", label: "Operators" }}
        status={<WordStatus word={toOperatorWord(operator)} />}
      />
      <PageBody width="form">
        {isDisabled ? <Disabled operator={operator} /> : null}
        <Facts operator={operator} />
        {id === current.id ? (
          <p className="text-ink-2">
            Another owner changes your role or disables you. Your password is under{" "}
            <TextLink href="/operators/me">Your password</TextLink>.
          </p>
        ) : (
          <>
            <Card>
              <RoleForm operatorId={id} name={name} role={role} />
            </Card>
            {role === "technician" ? (
              <Card>
                <GrantsForm operatorId={id} name={name} grantable={grantable} granted={operator.tenantIds} />
              </Card>
            ) : null}
            <Card title="Password">
              <ResetPasswordForm operatorId={id} name={name} role={role} />
            </Card>
            {isDisabled ? null : (
              <Card title="Sessions and sign-in">
                <div className="flex flex-wrap gap-2">
                  <EndSessions operatorId={id} name={name} />
                  <DisableOperator operatorId={id} name={name} />
                </div>
              </Card>
            )}
          </>
        )}
      </PageBody>
    </>
  );
}

function Disabled({ operator: { id, name } }: { operator: Operator }) {
  return (
    <Notice
      kind="info"
      title={`${name} is disabled`}
      action={
        <ActionButton action={enableOperatorAction} input={{ operatorId: id }} label={`Enable ${name}`} />
      }
    >
      They cannot sign in. The audit log keeps what they did.
    </Notice>
  );
}

function Facts({ operator: { email, createdAt, seenAt } }: { operator: Operator }) {
  return (
    <DefinitionList
      items={[
        { term: "E-mail address", detail: email },
        { term: "Created", detail: <Time at={createdAt} format="full" /> },
        { term: "Last seen", detail: seenAt ? <Time at={seenAt} /> : "never" },
      ]}
    />
  );
}
