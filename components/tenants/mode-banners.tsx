import { ModeChooser } from "@/components/tenants/mode-chooser";
import { tabHref } from "@/components/tenants/tenant-tabs";
import { LinkButton } from "@/components/ui/link-button";
import { Notice } from "@/components/ui/notice";
import { can } from "@/lib/auth/permissions";
import type { Role } from "@/lib/auth/roles";
import { getCatalogueEntry } from "@/lib/knowbe4/catalogue";
import type { TenantDetail } from "@/lib/tenants/types";

type BannerProps = { tenant: TenantDetail; role: Role };

export function Observed({ tenant, role }: BannerProps) {
  const isOperating = can(role, "roster.manage");
  return (
    <Notice
      kind="info"
      title="Rollcall only observes this tenant: writes are refused"
      action={
        isOperating ? (
          <LinkButton href={`${tabHref(tenant.id, "rails")}#cut-over`}>Open the cut-over gate</LinkButton>
        ) : null
      }
    >
      Right while another system is its SCIM source.
      {can(role, "tenant.mode")
        ? null
        : " An owner can choose another mode, once the cut-over gate is passed."}
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
        can(role, "tenant.mode") ? <ModeChooser tenant={tenant} label="Record that Test Mode is off" /> : null
      }
    >
      {cause} {remedy} Then ask an owner to record it here.
    </Notice>
  );
}
