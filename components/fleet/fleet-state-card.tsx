import { ResumeFleetDialog } from "@/components/fleet/resume-fleet-dialog";
import { StopFleetDialog } from "@/components/fleet/stop-fleet-dialog";
import { toFleetWord } from "@/components/fleet/fleet-word";
import { Card } from "@/components/ui/card";
import { Time } from "@/components/ui/time";
import { WordStatus } from "@/components/words/word-status";
import { can } from "@/lib/auth/permissions";
import type { Role } from "@/lib/auth/roles";
import type { Fleet } from "@/lib/fleet/types";

export function FleetStateCard({ fleet, role }: { fleet: Fleet; role: Role }) {
  const { stoppedAt, stoppedBy, stopReason } = fleet;
  return (
    <Card title="Sending">
      <WordStatus word={toFleetWord(fleet)} />
      <p className="mt-1 mb-3 max-w-[70ch] text-ink-2">
        {stoppedAt ? (
          <>
            {stoppedBy ?? "Somebody"} stopped it <Time at={stoppedAt} format="full" />: “{stopReason}”.
            Waiting operations are kept. {can(role, "fleet.manage") ? null : "An owner can resume sending."}
          </>
        ) : (
          "Workers send what operators applied, within each tenant's rate limit. If sending is stopped, nothing goes to any tenant until an owner resumes it."
        )}
      </p>
      {stoppedAt && can(role, "fleet.manage") ? <ResumeFleetDialog /> : null}
      {!stoppedAt && can(role, "fleet.stop") ? <StopFleetDialog /> : null}
    </Card>
  );
}
