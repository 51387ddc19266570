"use server";

import { fleetLimitsSchema, fleetReasonSchema } from "@/lib/fleet/schema";
import { setFleetLimits } from "@/lib/fleet/mutations";
import { resumeFleet, stopFleet } from "@/lib/fleet/stop-fleet";
import { defineAction } from "@/lib/web/define-action";

export const stopFleetAction = defineAction(fleetReasonSchema, stopFleet);
export const resumeFleetAction = defineAction(fleetReasonSchema, resumeFleet);
export const setFleetLimitsAction = defineAction(fleetLimitsSchema, setFleetLimits);
