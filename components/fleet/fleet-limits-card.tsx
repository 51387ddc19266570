import { FleetLimitsForm } from "@/components/fleet/fleet-limits-form";
import { Card } from "@/components/ui/card";
import { CountTiles } from "@/components/ui/count-tiles";
import { countOf } from "@/components/words/count-words";
import { toPercent } from "@/components/words/percent-words";
import { can } from "@/lib/auth/permissions";
import type { Role } from "@/lib/auth/roles";
import { thresholdOf } from "@/lib/changes/rails/rails-limits";
import type { FleetDay, Fleet } from "@/lib/fleet/types";

type FleetLimitsCardProps = { fleet: Fleet; day: FleetDay; role: Role };

/** A wrong list is wrong in every tenant at once: the same limits once more, over all of them together. */
export function FleetLimitsCard({ fleet: { holdMin, holdShare }, day, role }: FleetLimitsCardProps) {
  const limit = thresholdOf({ min: holdMin, share: holdShare }, day.active);
  const percent = toPercent(holdShare);
  return (
    <Card title="Limits over all tenants" note="of 24 hours, what still waits included">
      <p className="mb-3 max-w-[70ch] text-ink-2">
        More than {countOf(limit, "person", "people")} archived, restored or taken out of groups in 24 hours
        wait for another operator, each kind for itself. That is the larger of {holdMin} and {percent} % of{" "}
        {countOf(day.active, "active person", "active people")}.
      </p>
      <CountTiles
        label="The last 24 hours"
        tiles={[
          { word: "archived", count: day.archives },
          { word: "restored", count: day.restores },
          { word: "taken out of groups", count: day.removals },
        ]}
      />
      {can(role, "fleet.manage") ? (
        <div className="mt-4 max-w-xl">
          <FleetLimitsForm holdMin={holdMin} holdPercent={percent} />
        </div>
      ) : (
        <p className="mt-3 text-12 text-ink-3">An owner can change the limits.</p>
      )}
    </Card>
  );
}
