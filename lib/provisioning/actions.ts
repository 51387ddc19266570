"use server";

import {
  applyChange,
  cancelChange,
  planChange,
  releaseHeld,
  replanChange,
} from "@/lib/provisioning/mutations";
import {
  applyChangeSchema,
  cancelChangeSchema,
  planChangeSchema,
  releaseHeldSchema,
  replanChangeSchema,
} from "@/lib/provisioning/schema";
import { scheduleChange, unscheduleChange } from "@/lib/provisioning/steering/schedule-change";
import { scheduleChangeSchema, unscheduleChangeSchema } from "@/lib/provisioning/steering/schedule-schema";
import { cancelApplying } from "@/lib/provisioning/steering/steer-cancel";
import { pauseChange, resumeChange } from "@/lib/provisioning/steering/steer-change";
import {
  cancelApplyingSchema,
  pauseChangeSchema,
  resumeChangeSchema,
} from "@/lib/provisioning/steering/steer-schema";
import { defineAction } from "@/lib/web/define-action";

export const planChangeAction = defineAction(planChangeSchema, planChange);

export const applyChangeAction = defineAction(applyChangeSchema, applyChange);

export const cancelChangeAction = defineAction(cancelChangeSchema, cancelChange);

export const replanChangeAction = defineAction(replanChangeSchema, replanChange);

export const releaseHeldAction = defineAction(releaseHeldSchema, releaseHeld);

export const scheduleChangeAction = defineAction(scheduleChangeSchema, scheduleChange);

export const unscheduleChangeAction = defineAction(unscheduleChangeSchema, unscheduleChange);

export const pauseChangeAction = defineAction(pauseChangeSchema, pauseChange);

export const resumeChangeAction = defineAction(resumeChangeSchema, resumeChange);

export const cancelApplyingAction = defineAction(cancelApplyingSchema, cancelApplying);
