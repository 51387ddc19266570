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
          <Columns at="right" side={<WhereToFind />}>
            <Notice
              kind="warning"
              title="Generating a token cuts off whatever identity provider uses the old one"
            >
              A KnowBe4 account has one SCIM token. If Entra, Okta or another system provisions this client,
              it stops at that moment. Ask the client first, or leave the tenant to them.
            </Notice>
            <Card title="The tenant and its token">
              <ConnectForm />
            </Card>
            <p className="text-ink-2">
              Rollcall then asks the tenant whether the token works, reads its people and groups, and writes
              nothing: a new tenant is only observed until an owner chooses another mode.
            </p>
          </Columns>
        ) : (
          <Card>
            <EmptyState
              kind="not-allowed"
              title="Auditors do not connect tenants"
              action={<LinkButton href="/tenants">Open tenants</LinkButton>}
            >
              Ask an owner or a technician to connect this one. You will see it as soon as it is there.
            </EmptyState>
          </Card>
        )}
      </PageBody>
    </>
  );
}
