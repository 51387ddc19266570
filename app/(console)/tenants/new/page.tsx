import type { Metadata } from "next";
import { Columns, PageBody } from "@/components/layout/page-body";
import { PageHeader } from "@/components/layout/page-header";
import { ConnectForm } from "@/components/tenants/connect-form";
import { WhereToFind } from "@/components/tenants/where-to-find";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { Notice } from "@/components/ui/notice";
import { can } from "@/lib/auth/permissions";
import { loadCurrentOperator } from "@/lib/operators/loaders";

export const metadata: Metadata = { title: "Connect tenant" };

export default async function ConnectTenantPage() {
  const { role } = await loadCurrentOperator();
  return (
    <>
      <PageHeader title="Connect tenant" parent={{ href: "/tenants", label: "Tenants" }} />
      <PageBody className="max-w-6xl">
        {can(role, "tenant.connect") ? (
          <Columns at="right" side={<WhereToFind testMode="new" />}>
            <Notice
              kind="warning"
              title="Generating a token disconnects the identity provider that uses the old one"
            >
              A KnowBe4 account has one SCIM token. If Entra, Okta or another system provisions this client,
              it stops at once. Ask the client first.
            </Notice>
            <Card title="The tenant and its token">
              <ConnectForm />
            </Card>
            <p className="text-ink-2">
              Rollcall then tests the token and reads people and groups. It writes nothing until an owner
              chooses another mode.
            </p>
          </Columns>
        ) : (
          <Card>
            <EmptyState
              kind="not-allowed"
              title="Auditors cannot connect tenants"
              action={<LinkButton href="/tenants">Open tenants</LinkButton>}
            >
              Ask an owner or a technician to connect it. It appears in your list at once.
            </EmptyState>
          </Card>
        )}
      </PageBody>
    </>
  );
}
