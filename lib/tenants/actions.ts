"use server";

import { revalidatePath } from "next/cache";
import {
  connectTenant,
  disconnectTenant,
  pauseTenant,
  replaceToken,
  resumeTenant,
  setMode,
  updateTenant,
  viewFingerprint,
} from "@/lib/tenants/mutations";
import { setRails, toHoldLimits } from "@/lib/tenants/rails-settings";
import {
  connectTenantSchema,
  disconnectTenantSchema,
  pauseTenantSchema,
  replaceTokenSchema,
  resumeTenantSchema,
  setHoldLimitsSchema,
  setModeSchema,
  setSeatsSchema,
  setSwitchesSchema,
  tenantIdSchema,
  updateTenantSchema,
} from "@/lib/tenants/schema";
import { setReconciles, setSyncInterval } from "@/lib/tenants/sync-settings";
import { requestSync } from "@/lib/tenants/request-sync";
import {
  requestSyncSchema,
  setReconcilesSchema,
  setSyncIntervalSchema,
} from "@/lib/tenants/sync-settings-schema";
import { defineAction } from "@/lib/web/define-action";

export const connectTenantAction = defineAction(connectTenantSchema, async (scope, input) => {
  const connected = await connectTenant(scope, input);
  revalidatePath("/tenants");
  return connected;
});

export const replaceTokenAction = defineAction(replaceTokenSchema, async (scope, input) => {
  await replaceToken(scope, input);
  revalidatePath(`/tenants/${input.tenantId}`);
});

export const pauseTenantAction = defineAction(pauseTenantSchema, async (scope, input) => {
  await pauseTenant(scope, input);
  revalidatePath(`/tenants/${input.tenantId}`);
});

export const resumeTenantAction = defineAction(resumeTenantSchema, async (scope, input) => {
  await resumeTenant(scope, input);
  revalidatePath(`/tenants/${input.tenantId}`);
});

export const setModeAction = defineAction(setModeSchema, async (scope, input) => {
  await setMode(scope, input);
  revalidatePath(`/tenants/${input.tenantId}`);
});

export const updateTenantAction = defineAction(updateTenantSchema, async (scope, input) => {
  await updateTenant(scope, input);
  revalidatePath(`/tenants/${input.tenantId}`);
});

export const setHoldLimitsAction = defineAction(setHoldLimitsSchema, async (scope, input) => {
  const { tenantId, reason } = input;
  await setRails(scope, { tenantId, reason, ...toHoldLimits(input) });
  revalidatePath(`/tenants/${tenantId}`);
});

export const setSwitchesAction = defineAction(setSwitchesSchema, async (scope, input) => {
  await setRails(scope, input);
  revalidatePath(`/tenants/${input.tenantId}`);
});

export const setSeatsAction = defineAction(setSeatsSchema, async (scope, input) => {
  await setRails(scope, input);
  revalidatePath(`/tenants/${input.tenantId}`);
});

export const disconnectTenantAction = defineAction(disconnectTenantSchema, async (scope, input) => {
  await disconnectTenant(scope, input);
  revalidatePath("/tenants");
});

export const viewFingerprintAction = defineAction(tenantIdSchema, viewFingerprint);

export const setSyncIntervalAction = defineAction(setSyncIntervalSchema, setSyncInterval);

export const setReconcilesAction = defineAction(setReconcilesSchema, setReconciles);

export const requestSyncAction = defineAction(requestSyncSchema, requestSync);
