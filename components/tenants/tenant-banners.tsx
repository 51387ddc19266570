import { Play, RefreshCw } from "lucide-react";
import { Due } from "@/components/changes/model/due";
import { InTestMode, Observed } from "@/components/tenants/mode-banners";
import { ActionButton } from "@/components/ui/actions/action-button";
import { LinkButton } from "@/components/ui/link-button";
import { Notice } from "@/components/ui/notice";
import { TextLink } from "@/components/ui/text-link";
import { Time } from "@/components/ui/time";
import { countOf } from "@/components/words/count-words";
import { isCoolingDown, isReading } from "@/components/words/tenant-words";
import { can } from "@/lib/auth/permissions";
import type { Role } from "@/lib/auth/roles";
import { requestReadAction } from "@/lib/directory/actions";
import { getCatalogueEntry } from "@/lib/knowbe4/catalogue";
import { isCuredBy } from "@/lib/knowbe4/cured-by";
import { resumeTenantAction } from "@/lib/tenants/actions";
import { tenantCan } from "@/lib/tenants/tenant-can";
import type { TenantDetail } from "@/lib/tenants/types";

type BannerProps = { tenant: TenantDetail; role: Role };

/** The most important notices, each with the action that resolves it. */
export function TenantBanners({ tenant, role, now }: BannerProps & { now: Date }) {
  const isHealthy = tenant.state === "healthy";
  const isCooling = isCoolingDown(tenant, now);
  return (
    <div className="flex flex-col gap-3 empty:hidden">
      {tenant.state === "quarantined" ? <Quarantined tenant={tenant} role={role} /> : null}
      {tenant.state === "paused" ? <Paused tenant={tenant} role={role} /> : null}
      {tenant.state === "disconnected" ? <Disconnected tenant={tenant} /> : null}
      {isCooling ? <CoolingDown tenant={tenant} /> : null}
      {isHealthy && tenant.lastReadState === "failed" && !isCooling ? (
        <ReadFailed tenant={tenant} role={role} />
      ) : null}
      {isHealthy && tenant.lastReadState === null ? <NeverRead tenant={tenant} role={role} /> : null}
      {isHealthy && tenant.readAt && tenant.mode === "observe" ? (
        <Observed tenant={tenant} role={role} />
      ) : null}
      {isHealthy && tenant.mode !== "observe" && tenant.testMode ? (
        <InTestMode tenant={tenant} role={role} />
      ) : null}
    </div>
  );
}

function Quarantined({ tenant, role }: BannerProps) {
  const { title, cause, remedy } = getCatalogueEntry(tenant.reason ?? "unexpected");
  const isToken = isCuredBy(tenant.reason, "new-token");
  const since = tenant.quarantinedAt ?? tenant.reasonAt;
  return (
    <Notice
      kind="failed"
      title={title}
      action={
        can(role, "tenant.manage") && tenantCan.resume(tenant) ? (
          <>
            {isToken ? (
              <LinkButton href={`/tenants/${tenant.id}?tab=connection#replace-token`} variant="primary">
                Replace token
              </LinkButton>
            ) : null}
            <ActionButton
              action={resumeTenantAction}
              input={{ tenantId: tenant.id }}
              label={`Try ${tenant.name} again`}
              icon={<RefreshCw aria-hidden />}
            />
          </>
        ) : null
      }
    >
      <p>
        {cause} {remedy}
      </p>
      <p className="mt-1 text-12">
        Quarantined{" "}
        {since ? (
          <>
            since <Time at={since} format="full" />
          </>
        ) : null}
        . {toWaiting(tenant.open)}{" "}
        {tenant.probeNextAt ? (
          <>
            The next probe is <Time at={tenant.probeNextAt} />.
          </>
        ) : (
          "Automatic probes end after 28 days. Try it again or replace its token."
        )}
      </p>
    </Notice>
  );
}

function Paused({ tenant, role }: BannerProps) {
  return (
    <Notice
      kind="held"
      title={`${tenant.name} is paused`}
      action={
        can(role, "tenant.manage") && tenantCan.resume(tenant) ? (
          <ActionButton
            action={resumeTenantAction}
            input={{ tenantId: tenant.id }}
            label={`Resume ${tenant.name}`}
            icon={<Play aria-hidden />}
          />
        ) : null
      }
    >
      Nothing is sent to it: no writes, no reads. {toWaiting(tenant.open)} Who paused it, and why, is in{" "}
      <TextLink href={`/audit?tenantId=${tenant.id}&action=tenant.paused`}>Audit</TextLink>.
    </Notice>
  );
}

function Disconnected({ tenant }: { tenant: TenantDetail }) {
  return (
    <Notice kind="info" title={`${tenant.name} is disconnected`}>
      Its token was destroyed
      {tenant.disconnectedAt ? (
        <>
          {" "}
          on <Time at={tenant.disconnectedAt} format="full" />
        </>
      ) : null}
      , so nothing can be sent to it. Its history is kept. To work with this client again, connect it as a new
      tenant.
    </Notice>
  );
}

function CoolingDown({ tenant }: { tenant: TenantDetail }) {
  const { title, cause, remedy } = getCatalogueEntry(tenant.reason ?? "tenant-unreachable");
  return (
    <Notice kind="warning" title={title}>
      {cause} {remedy}{" "}
      {tenant.cooldownTo ? (
        <>
          <Due what="Next attempt" at={tenant.cooldownTo.toISOString()} />.{" "}
        </>
      ) : null}
      {tenant.lastReadState === "failed" && tenant.readAt ? (
        <>
          The last read failed too. What you see is of <Time at={tenant.readAt} format="full" />.
        </>
      ) : null}
    </Notice>
  );
}

function ReadFailed({ tenant, role }: BannerProps) {
  const { title, cause, remedy } = getCatalogueEntry(tenant.lastReadReason ?? "unexpected");
  return (
    <Notice
      kind="warning"
      title={`The last read failed: ${title}`}
      action={<ReadAgain tenant={tenant} role={role} />}
    >
      {cause} {remedy}{" "}
      {tenant.readAt ? (
        <>
          What you see is the last full read, of <Time at={tenant.readAt} format="full" />.
        </>
      ) : (
        "Its people are unknown, so no change can be planned for it."
      )}
    </Notice>
  );
}

function NeverRead({ tenant, role }: BannerProps) {
  return (
    <Notice
      kind="warning"
      title="Its directory has not been read"
      action={<ReadAgain tenant={tenant} role={role} />}
    >
      Its people are unknown, so no change can be planned for it. Read it first.
    </Notice>
  );
}

function ReadAgain({ tenant, role }: BannerProps) {
  if (!can(role, "directory.refresh") || isReading(tenant) || !tenantCan.read(tenant)) return null;
  return (
    <ActionButton
      action={requestReadAction}
      input={{ tenantId: tenant.id }}
      label={`Read ${tenant.name} again`}
      icon={<RefreshCw aria-hidden />}
    />
  );
}

function toWaiting(open: number): string {
  return open > 0
    ? `${countOf(open, "operation waits", "operations wait")} and will not be lost.`
    : "No operation waits.";
}
