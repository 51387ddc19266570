import { getWorkerAbsence } from "@/lib/changes/data";
import { getFleet } from "@/lib/fleet/data";
import { defineRoute } from "@/lib/web/define-route";

/** Whether the fleet is stopped and whether a worker is there, polled by every page. */
export const GET = defineRoute(async (scope) => {
  const [fleet, workerAbsence] = await Promise.all([getFleet(scope), getWorkerAbsence(scope)]);
  return { ...fleet, workerAbsence };
});
