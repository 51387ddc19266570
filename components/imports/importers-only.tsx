import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";

export function ImportersOnly() {
  return (
    <Card>
      <EmptyState
        kind="not-allowed"
        title="Auditors cannot import files"
        action={<LinkButton href="/imports">View imports</LinkButton>}
      >
        Owners and technicians import files. Ask an owner for another role if you need one.
      </EmptyState>
    </Card>
  );
}
