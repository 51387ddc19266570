import { AuthShell } from "@/components/layout/auth-shell";
import { LinkButton } from "@/components/ui/link-button";

export default function NotFound() {
  return (
    <AuthShell
      title="There is no page at this address"
      description="Nothing was changed. Check the address, or start again from Home."
    >
      <LinkButton href="/" variant="primary">
        Go to Home
      </LinkButton>
    </AuthShell>
  );
}
