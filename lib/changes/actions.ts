"use server";

import { applyChange, discardPlan, planChange, replanChange, withdrawApply } from "@/lib/changes/mutations";
import { approveAlone, stopApproval } from "@/lib/changes/approval/approve-alone";
import { approveHeld } from "@/lib/changes/steering/approve-held";
import {
  applyChangeSchema,
  discardPlanSchema,
  planChangeSchema,
  replanChangeSchema,
  withdrawApplySchema,
} from "@/lib/changes/schema";
import { rejectHeld } from "@/lib/changes/steering/reject-held";
import { scheduleChange, unscheduleChange } from "@/lib/changes/steering/schedule-change";
import { scheduleChangeSchema, unscheduleChangeSchema } from "@/lib/changes/steering/schedule-schema";
import { cancelChange } from "@/lib/changes/steering/cancel-change";
import { pauseChange, resumeChange } from "@/lib/changes/steering/pause-change";
import {
  approveAloneSchema,
  approveHeldSchema,
  rejectHeldSchema,
  stopApprovalSchema,
} from "@/lib/changes/approval/schema";
import { cancelChangeSchema, pauseChangeSchema, resumeChangeSchema } from "@/lib/changes/steering/schema";
import { defineAction } from "@/lib/web/define-action";

export const planChangeAction = defineAction(planChangeSchema, planChange);

export const applyChangeAction = defineAction(applyChangeSchema, applyChange);

export const withdrawApplyAction = defineAction(withdrawApplySchema, withdrawApply);

export const discardPlanAction = defineAction(discardPlanSchema, discardPlan);

export const replanChangeAction = defineAction(replanChangeSchema, replanChange);

export const approveHeldAction = defineAction(approveHeldSchema, approveHeld);

export const approveAloneAction = defineAction(approveAloneSchema, approveAlone);

export const stopApprovalAction = defineAction(stopApprovalSchema, stopApproval);

export const rejectHeldAction = defineAction(rejectHeldSchema, rejectHeld);

export const scheduleChangeAction = defineAction(scheduleChangeSchema, scheduleChange);

export const unscheduleChangeAction = defineAction(unscheduleChangeSchema, unscheduleChange);

export const pauseChangeAction = defineAction(pauseChangeSchema, pauseChange);

export const resumeChangeAction = defineAction(resumeChangeSchema, resumeChange);

export const cancelChangeAction = defineAction(cancelChangeSchema, cancelChange);
