import { FleetWatch } from "@/components/fleet/fleet-watch";
import { ResumeFleetDialog } from "@/components/fleet/resume-fleet-dialog";
import { KeepFocus } from "@/components/ui/keep-focus";
import { Notice } from "@/components/ui/notice";
import { Time } from "@/components/ui/time";
import { can } from "@/lib/auth/permissions";
import type { Role } from "@/lib/auth/roles";
import { loadWorkerAbsence } from "@/lib/changes/loaders";
import { loadFleet } from "@/lib/fleet/loaders";

/** On every page: that no worker is there, or that sending is stopped, by whom, when, why, and who can resume it. */
export async function FleetBanner({ role }: { role: Role }) {
  const [{ stoppedAt, stoppedBy, stopReason }, workerAbsence] = await Promise.all([
    loadFleet(),
    loadWorkerAbsence(),
  ]);
  const isOwner = can(role, "fleet.manage");
  return (
    <>
      <FleetWatch stoppedAt={stoppedAt?.toISOString() ?? null} workerAbsence={workerAbsence} />
      {/* Keeps focus here, because the pressed button disappears with its state. */}
      <KeepFocus
        of={stoppedAt ? "stopped" : "sending"}
        label={stoppedAt ? "All sending is stopped" : "Sending resumed"}
      >
        {stoppedAt ? (
          <Notice
            kind="failed"
            title="All sending is stopped: nothing goes to any tenant"
            action={isOwner ? <ResumeFleetDialog /> : null}
            isAlert
            className="mx-4 mt-4 sm:mx-6"
          >
            {stoppedBy ?? "Somebody"} stopped it <Time at={stoppedAt} format="full" />: “{stopReason}”.
            Waiting operations are kept.{isOwner ? null : " An owner can resume sending."}
          </Notice>
        ) : null}
      </KeepFocus>
    </>
  );
}
