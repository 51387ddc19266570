import { SignOutButton } from "@/components/operators/sign-out-button";
import { TextLink } from "@/components/ui/text-link";
import { can } from "@/lib/auth/permissions";
import type { Role } from "@/lib/auth/roles";

/** At the foot of the sidebar: one's own password, the other operators for those who manage them, and the door. */
export function AccountLinks({ role }: { role: Role }) {
  return (
    <div className="flex min-w-0 flex-1 flex-col gap-2">
      <nav aria-label="Account" className="flex flex-col gap-1 px-2">
        {can(role, "operator.manage") ? (
          <TextLink href="/operators" variant="plain">
            Operators
          </TextLink>
        ) : null}
        <TextLink href="/operators/me" variant="plain">
          Your password
        </TextLink>
      </nav>
      <SignOutButton />
    </div>
  );
}
