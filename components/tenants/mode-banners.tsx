import { ModeDialog } from "@/components/tenants/mode-dialog";
import { toModeFacts } from "@/components/tenants/mode-facts";
import { Notice } from "@/components/ui/notice";
import { can } from "@/lib/auth/permissions";
import type { Role } from "@/lib/auth/roles";
import { getCatalogueEntry } from "@/lib/knowbe4/catalogue";
import type { TenantDetail } from "@/lib/tenants/types";

type BannerProps = { tenant: TenantDetail; role: Role };

export function Observed({ tenant, role }: BannerProps) {
  const isAllowed = can(role, "tenant.mode");
  return (
    <Notice
      kind="info"
      title="Rollcall only observes this tenant: writes are refused"
      action={isAllowed ? <ModeDialog tenant={toModeFacts(tenant)} /> : null}
    >
      Right for as long as another system is its SCIM source.
      {isAllowed ? null : " An owner can choose another mode."}
    </Notice>
  );
}

export function InTestMode({ tenant, role }: BannerProps) {
  const { title, cause, remedy } = getCatalogueEntry("target-in-test-mode");
  return (
    <Notice
      kind="info"
      title={title}
      action={
        can(role, "tenant.mode") ? (
          <ModeDialog tenant={toModeFacts(tenant)} label="Record that Test Mode is off" />
        ) : null
      }
    >
      {cause} {remedy} Then have an owner record it here.
    </Notice>
  );
}
