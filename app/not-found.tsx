import { AuthShell } from "@/components/layout/auth-shell";
import { LinkButton } from "@/components/ui/link-button";

export default function NotFound() {
  return (
    <AuthShell title="Page not found" description="Check the address, or start from Home.">
      <LinkButton href="/" variant="primary">
        Go to Home
      </LinkButton>
    </AuthShell>
  );
}
