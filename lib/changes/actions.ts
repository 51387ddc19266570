"use server";

import { applyChange, cancelChange, planChange, releaseHeld, replanChange } from "@/lib/changes/mutations";
import {
  applyChangeSchema,
  cancelChangeSchema,
  planChangeSchema,
  releaseHeldSchema,
  replanChangeSchema,
} from "@/lib/changes/schema";
import { scheduleChange, unscheduleChange } from "@/lib/changes/steering/schedule-change";
import { scheduleChangeSchema, unscheduleChangeSchema } from "@/lib/changes/steering/schedule-schema";
import { cancelApplying } from "@/lib/changes/steering/cancel-change";
import { pauseChange, resumeChange } from "@/lib/changes/steering/pause-change";
import { cancelApplyingSchema, pauseChangeSchema, resumeChangeSchema } from "@/lib/changes/steering/schema";
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
