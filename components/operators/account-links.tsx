import { AccountNav } from "@/components/operators/account-nav";
import { SignOutButton } from "@/components/operators/sign-out-button";
import { can } from "@/lib/auth/permissions";
import type { Role } from "@/lib/auth/roles";

/** Links at the foot of the sidebar: operators (for owners), the own password, and sign-out. */
export function AccountLinks({ role }: { role: Role }) {
  return (
    <div className="flex min-w-0 flex-1 flex-col gap-2">
      <AccountNav isOwner={can(role, "operator.manage")} />
      <SignOutButton />
    </div>
  );
}
