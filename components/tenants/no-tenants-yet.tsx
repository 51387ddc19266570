import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { can } from "@/lib/auth/permissions";
import type { Role } from "@/lib/auth/roles";

/** No tenant at all, or none that this operator may see: who looks decides what it means. */
export function NoTenantsYet({ role }: { role: Role }) {
  if (!can(role, "tenant.connect")) {
    return (
      <EmptyState kind="nothing-yet" title="No tenant is connected yet">
        An owner or a technician connects the first one. It will stand here with everything done in it.
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
      A tenant is one client&rsquo;s KnowBe4 account. Connecting one takes its Tenant URL and a SCIM token. It
      is read at first, and nothing is written to it.
      {role === "technician" ? " If it is connected already, ask an owner to grant it to you." : null}
    </EmptyState>
  );
}
