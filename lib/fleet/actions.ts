"use server";

import { fleetLimitsSchema, fleetReasonSchema } from "@/lib/fleet/schema";
import { resumeFleet, setFleetLimits, stopFleet } from "@/lib/fleet/mutations";
import { defineAction } from "@/lib/web/define-action";

export const stopFleetAction = defineAction(fleetReasonSchema, stopFleet);
export const resumeFleetAction = defineAction(fleetReasonSchema, resumeFleet);
export const setFleetLimitsAction = defineAction(fleetLimitsSchema, setFleetLimits);
