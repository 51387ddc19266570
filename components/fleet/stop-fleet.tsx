import { StopFleetDialog } from "@/components/fleet/stop-fleet-dialog";
import { can } from "@/lib/auth/permissions";
import type { Role } from "@/lib/auth/roles";
import { loadFleet } from "@/lib/fleet/loaders";

/** The stop button, for operators who may stop sending, while sending is on. */
export async function StopFleet({ role }: { role: Role }) {
  if (!can(role, "fleet.stop")) return null;
  const { stoppedAt } = await loadFleet();
  return stoppedAt ? null : <StopFleetDialog />;
}
