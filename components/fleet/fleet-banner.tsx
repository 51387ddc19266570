import { FleetAutoRefresh } from "@/components/fleet/fleet-auto-refresh";
import { ResumeFleetDialog } from "@/components/fleet/resume-fleet-dialog";
import { KeepFocus } from "@/components/ui/keep-focus";
import { Notice } from "@/components/ui/notice";
import { Time } from "@/components/ui/time";
import { can } from "@/lib/auth/permissions";
import type { Role } from "@/lib/auth/roles";
import { loadFleet } from "@/lib/fleet/loaders";

/** On every page while the fleet is stopped: who did it, when, why, what that means, and who can end it. */
export async function FleetBanner({ role }: { role: Role }) {
  const { stoppedAt, stoppedBy, stopReason } = await loadFleet();
  const isOwner = can(role, "fleet.manage");
  return (
    <>
      <FleetAutoRefresh stoppedAt={stoppedAt?.toISOString() ?? null} />
      {/* The button that was pressed is gone with the state it belonged to, wherever it stood. */}
      <KeepFocus
        of={stoppedAt ? "stopped" : "sending"}
        label={stoppedAt ? "All sending is stopped" : "Sending goes on"}
      >
        {stoppedAt ? (
          <Notice
            kind="failed"
            title="All sending is stopped: nothing goes to any tenant"
            action={isOwner ? <ResumeFleetDialog /> : null}
            isAlert
            className="mx-4 mt-4 sm:mx-6"
          >
            {stoppedBy ?? "Somebody"} stopped it <Time at={stoppedAt} format="full" />: “{stopReason}”. What
            waits stays where it is, and nothing is lost.{isOwner ? null : " An owner can let it go on."}
          </Notice>
        ) : null}
      </KeepFocus>
    </>
  );
}
