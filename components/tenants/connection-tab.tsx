import { DisconnectDialog } from "@/components/tenants/disconnect-dialog";
import { ReplaceTokenForm } from "@/components/tenants/tab-forms";
import { ShowFingerprint } from "@/components/tenants/show-fingerprint";
import { WhereToFind } from "@/components/tenants/where-to-find";
import { Columns } from "@/components/layout/page-body";
import { Card } from "@/components/ui/card";
import { Code } from "@/components/ui/code";
import { CopyButton } from "@/components/ui/copy-button";
import { type Definition, DefinitionList } from "@/components/ui/definition-list";
import { Status } from "@/components/ui/status";
import { Time } from "@/components/ui/time";
import { can } from "@/lib/auth/permissions";
import type { Role } from "@/lib/auth/roles";
import { tenantCan } from "@/lib/tenants/tenant-can";
import type { TenantDetail } from "@/lib/tenants/types";

export function ConnectionTab({ tenant, role }: { tenant: TenantDetail; role: Role }) {
  const isOpen = tenantCan.edit(tenant);
  const mayManage = isOpen && can(role, "tenant.manage");
  return (
    <Columns at="right" side={mayManage ? <WhereToFind testMode={tenant.testMode} /> : null}>
      <AddressCard tenant={tenant} />
      <TokenCard tenant={tenant} mayManage={mayManage} />
      {mayManage ? (
        <div id="replace-token">
          <Card title="Replace the token">
            <ReplaceTokenForm tenantId={tenant.id} name={tenant.name} open={tenant.open} />
          </Card>
        </div>
      ) : null}
      {isOpen && can(role, "tenant.disconnect") ? (
        <Card title="Disconnect">
          <p className="mb-3 max-w-[70ch] text-ink-2">
            Destroys the token and cancels waiting operations. History, changes and audit stay readable. This
            cannot be undone; the client can be connected again as a new tenant.
          </p>
          <DisconnectDialog tenantId={tenant.id} name={tenant.name} open={tenant.open} />
        </Card>
      ) : null}
    </Columns>
  );
}

function AddressCard({ tenant }: { tenant: TenantDetail }) {
  const { tenantUrl, connectedAt, disconnectedAt } = tenant;
  return (
    <Card title="Address" aside={<CopyButton text={tenantUrl} label="Copy the Tenant URL" size="small" />}>
      <DefinitionList
        layout="rows"
        items={[
          { term: "Tenant URL", detail: <Code>{tenantUrl}</Code> },
          { term: "Connected", detail: <Time at={connectedAt} format="full" /> },
          ...(disconnectedAt
            ? [{ term: "Disconnected", detail: <Time at={disconnectedAt} format="full" /> }]
            : []),
        ]}
      />
      <p className="mt-3 max-w-[70ch] text-12 text-ink-3">
        The address cannot be changed, so that the token never goes to another host. If KnowBe4 moves the
        account, disconnect this tenant and connect it again.
      </p>
    </Card>
  );
}

function TokenCard({ tenant, mayManage }: { tenant: TenantDetail; mayManage: boolean }) {
  const { credential } = tenant;
  if (!credential) {
    return (
      <Card title="Token">
        <p className="text-ink-2">
          {tenant.state === "disconnected"
            ? "Destroyed when the tenant was disconnected."
            : "No token. Nothing can be sent until one is entered."}
        </p>
      </Card>
    );
  }
  return (
    <Card title="Token" note="sealed; nobody can read it here">
      <DefinitionList layout="rows" items={toTokenFacts(credential)} />
      {mayManage ? (
        <div className="mt-3">
          <ShowFingerprint tenantId={tenant.id} />
        </div>
      ) : null}
    </Card>
  );
}

function toTokenFacts(credential: NonNullable<TenantDetail["credential"]>): Definition[] {
  const { version, createdAt, createdBy, usedAt, rejectedAt } = credential;
  return [
    {
      term: "Entered",
      detail: (
        <>
          <Time at={createdAt} format="full" /> by {createdBy}
          {version > 1 ? `; token ${version} of this tenant` : null}
        </>
      ),
    },
    { term: "Last used", detail: usedAt ? <Time at={usedAt} /> : "not yet" },
    {
      term: "Last rejected",
      detail: rejectedAt ? (
        <Status kind="failed">
          <Time at={rejectedAt} format="full" />
        </Status>
      ) : (
        "never"
      ),
    },
  ];
}
