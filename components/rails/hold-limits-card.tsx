import { HoldLimitsDialog } from "@/components/rails/tab-dialogs";
import { mayMoveRails } from "@/components/rails/may-move-rails";
import { toLimitWords } from "@/components/rails/rails-words";
import { Card } from "@/components/ui/card";
import { DefinitionList } from "@/components/ui/definition-list";
import { TextLink } from "@/components/ui/text-link";
import { toPercent } from "@/components/words/percent-words";
import type { Role } from "@/lib/auth/roles";
import type { TenantDetail } from "@/lib/tenants/types";

/** How many people one tenant may change in a day without a second operator. */
export function HoldLimitsCard({ tenant, role }: { tenant: TenantDetail; role: Role }) {
  const { active, archiveHoldMin, archiveHoldShare, restoreHoldMin, restoreHoldShare } = tenant;
  const { removalHoldMin, removalHoldShare } = tenant;
  return (
    <Card
      title="Limits"
      note="anything above them waits for another operator's approval"
      aside={
        mayMoveRails(tenant, role) ? (
          <HoldLimitsDialog
            name={tenant.name}
            limits={{
              tenantId: tenant.id,
              archiveHoldMin,
              archiveHoldPercent: toPercent(archiveHoldShare),
              restoreHoldMin,
              restoreHoldPercent: toPercent(restoreHoldShare),
              removalHoldMin,
              removalHoldPercent: toPercent(removalHoldShare),
            }}
          />
        ) : null
      }
    >
      <DefinitionList
        layout="rows"
        items={[
          {
            term: "Archives",
            detail: toLimitWords({ min: archiveHoldMin, share: archiveHoldShare }, active),
          },
          {
            term: "Restores",
            detail: toLimitWords({ min: restoreHoldMin, share: restoreHoldShare }, active),
          },
          {
            term: "Removals from groups",
            detail: toLimitWords({ min: removalHoldMin, share: removalHoldShare }, active),
          },
        ]}
      />
      <p className="mt-3 max-w-[70ch] text-12 text-ink-3">
        Counted over the plan and the last 24 hours. All tenants together have{" "}
        <TextLink href="/fleet">their own limits</TextLink>.
      </p>
    </Card>
  );
}
