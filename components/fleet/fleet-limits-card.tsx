import { FleetLimitsForm } from "@/components/fleet/fleet-limits-form";
import { Card } from "@/components/ui/card";
import { CountTiles } from "@/components/ui/count-tiles";
import { countOf } from "@/components/words/count-words";
import { toPercent } from "@/components/words/percent-words";
import { can } from "@/lib/auth/permissions";
import type { Role } from "@/lib/auth/roles";
import { thresholdOf } from "@/lib/changes/rails/limits";
import type { FleetDay, Fleet } from "@/lib/fleet/types";

type FleetLimitsCardProps = { fleet: Fleet; day: FleetDay; role: Role };

/** One wrong list can hit every tenant at once, so the limits exist once more over all tenants. */
export function FleetLimitsCard({ fleet: { holdMin, holdShare }, day, role }: FleetLimitsCardProps) {
  const limit = thresholdOf({ min: holdMin, share: holdShare }, day.active);
  const percent = toPercent(holdShare);
  return (
    <Card title="Limits over all tenants" note="over 24 hours, waiting operations included">
      <p className="mb-3 max-w-[70ch] text-ink-2">
        More than {countOf(limit, "person", "people")} archived, restored or removed from groups in 24 hours
        wait for another operator's approval, each kind counted alone. The limit is the larger of {holdMin}{" "}
        and {percent} % of {countOf(day.active, "active person", "active people")}.
      </p>
      <CountTiles
        label="The last 24 hours"
        tiles={[
          { word: "archived", count: day.archives },
          { word: "restored", count: day.restores },
          { word: "removed from groups", count: day.removals },
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
