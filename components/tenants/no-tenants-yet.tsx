import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { can } from "@/lib/auth/permissions";
import type { Role } from "@/lib/auth/roles";

/** Shown when there is no tenant, or none that this operator may see. */
export function NoTenantsYet({ role }: { role: Role }) {
  if (!can(role, "tenant.connect")) {
    return (
      <EmptyState kind="nothing-yet" title="No tenant is connected yet">
        An owner or a technician connects the first one. It appears here.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      kind="nothing-yet"
      title={role === "technician" ? "No tenant is granted to you yet" : "No tenant is connected yet"}
      action={
        <LinkButton href="/tenants/new" variant="primary">
          Connect tenant
        </LinkButton>
      }
    >
      A tenant is one client&rsquo;s KnowBe4 account. To connect one you need its Tenant URL and a SCIM token.
      It is only read at first.
      {role === "technician" ? " If it is connected already, ask an owner to grant it to you." : null}
    </EmptyState>
  );
}
