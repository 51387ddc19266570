"use server";

import { previewScope, samplePerson } from "@/lib/roster/data";
import { addGuards, adoptInventory, removeGuard, savePolicy, setEntry } from "@/lib/roster/mutations";
import {
  addGuardsSchema,
  adoptInventorySchema,
  previewScopeSchema,
  removeGuardSchema,
  samplePersonSchema,
  savePolicySchema,
  setEntrySchema,
} from "@/lib/roster/schema";
import { defineAction } from "@/lib/web/define-action";

export const adoptInventoryAction = defineAction(adoptInventorySchema, adoptInventory);

export const savePolicyAction = defineAction(savePolicySchema, savePolicy);

/** A read that depends on a form that is not saved yet. */
export const previewScopeAction = defineAction(previewScopeSchema, previewScope);
export const samplePersonAction = defineAction(samplePersonSchema, samplePerson);

export const setEntryAction = defineAction(setEntrySchema, setEntry);

export const addGuardsAction = defineAction(addGuardsSchema, addGuards);
export const removeGuardAction = defineAction(removeGuardSchema, removeGuard);
