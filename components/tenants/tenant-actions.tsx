import { Pause, Play, RefreshCw } from "lucide-react";
import { PauseDialog } from "@/components/tenants/pause-dialog";
import { DisabledButton } from "@/components/ui/disabled-button";
import { toDisabledWords } from "@/components/words/refusal-words";
import { isReading } from "@/components/words/tenant-words";
import { ActionButton } from "@/components/ui/actions/action-button";
import { KeepFocus } from "@/components/ui/keep-focus";
import { can } from "@/lib/auth/permissions";
import type { Role } from "@/lib/auth/roles";
import { requestReadAction } from "@/lib/directory/actions";
import { resumeTenantAction } from "@/lib/tenants/actions";
import { tenantCan } from "@/lib/tenants/tenant-can";
import type { TenantDetail } from "@/lib/tenants/types";

/** The actions on a tenant. A role without any sees nothing. */
export function TenantActions({ tenant, role }: { tenant: TenantDetail; role: Role }) {
  const { id: tenantId, name, state } = tenant;
  if (!tenantCan.edit(tenant)) return null;
  const whyNotRead = toDisabledWords(tenantCan.read.whyNot(tenant));
  return (
    <KeepFocus of={state} className="flex flex-wrap items-center gap-2">
      {can(role, "tenant.manage") && tenantCan.pause.isDone(tenant) ? (
        <ActionButton
          action={resumeTenantAction}
          input={{ tenantId }}
          label={`Resume ${name}`}
          icon={<Play aria-hidden />}
        />
      ) : null}
      {can(role, "tenant.manage") && tenantCan.pause(tenant) ? (
        <PauseDialog tenantId={tenantId} name={name} open={tenant.open} icon={<Pause aria-hidden />} />
      ) : null}
      {can(role, "directory.refresh") ? (
        whyNotRead ? (
          <DisabledButton why={whyNotRead} icon={<RefreshCw aria-hidden />}>
            {`Read ${name} again`}
          </DisabledButton>
        ) : (
          <ActionButton
            action={requestReadAction}
            input={{ tenantId }}
            label={isReading(tenant) ? `Reading ${name}…` : `Read ${name} again`}
            icon={<RefreshCw aria-hidden />}
            isUnderWay={isReading(tenant)}
          />
        )
      ) : null}
    </KeepFocus>
  );
}
