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
import { defineAction } from "@/lib/web/define-action";

export const planChangeAction = defineAction(planChangeSchema, planChange);

export const applyChangeAction = defineAction(applyChangeSchema, applyChange);

export const cancelChangeAction = defineAction(cancelChangeSchema, cancelChange);

export const replanChangeAction = defineAction(replanChangeSchema, replanChange);

export const releaseHeldAction = defineAction(releaseHeldSchema, releaseHeld);
