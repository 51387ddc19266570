import { Pause, Play, RefreshCw } from "lucide-react";
import { PauseDialog } from "@/components/tenants/pause-dialog";
import { isReading } from "@/components/words/tenant-words";
import { ActionButton } from "@/components/ui/action-button";
import { KeepFocus } from "@/components/ui/keep-focus";
import { can } from "@/lib/auth/permissions";
import type { Role } from "@/lib/auth/roles";
import { requestReadAction } from "@/lib/directory/actions";
import { resumeTenantAction } from "@/lib/tenants/actions";
import type { TenantDetail } from "@/lib/tenants/types";

/** What can be done to a tenant as a whole. A role that may do nothing sees nothing. */
export function TenantActions({ tenant, role }: { tenant: TenantDetail; role: Role }) {
  const { id: tenantId, name, state } = tenant;
  if (state === "disconnected") return null;
  return (
    <KeepFocus of={state} className="flex flex-wrap items-center gap-2">
      {can(role, "tenant.manage") && state === "paused" ? (
        <ActionButton
          action={resumeTenantAction}
          input={{ tenantId }}
          label={`Resume ${name}`}
          icon={<Play aria-hidden />}
        />
      ) : null}
      {can(role, "tenant.manage") && state !== "paused" ? (
        <PauseDialog tenantId={tenantId} name={name} open={tenant.open} icon={<Pause aria-hidden />} />
      ) : null}
      {can(role, "directory.refresh") ? (
        <>
          <span id={whyNotId} className="sr-only">
            {toWhyNot(state)}
          </span>
          <ActionButton
            action={requestReadAction}
            input={{ tenantId }}
            label={isReading(tenant) && state === "healthy" ? `Reading ${name}…` : `Read ${name} again`}
            icon={<RefreshCw aria-hidden />}
            isDisabled={state !== "healthy"}
            isUnderWay={state === "healthy" && isReading(tenant)}
            describedBy={state === "healthy" ? undefined : whyNotId}
          />
        </>
      ) : null}
    </KeepFocus>
  );
}

const whyNotId = "why-not-read";

/** Said to those who do not see the banner or the card that says it at length. */
function toWhyNot(state: TenantDetail["state"]): string {
  if (state === "paused") return "Nothing is sent to a paused tenant.";
  if (state === "quarantined") return "Nothing is sent to it before its cause of quarantine is mended.";
  return state === "connecting" ? "It is read by itself once it has answered." : "";
}
