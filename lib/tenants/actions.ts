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
import {
  connectTenantSchema,
  disconnectTenantSchema,
  pauseTenantSchema,
  replaceTokenSchema,
  resumeTenantSchema,
  setModeSchema,
  tenantIdSchema,
  updateTenantSchema,
} from "@/lib/tenants/schema";
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

export const disconnectTenantAction = defineAction(disconnectTenantSchema, async (scope, input) => {
  await disconnectTenant(scope, input);
  revalidatePath("/tenants");
});

export const viewFingerprintAction = defineAction(tenantIdSchema, viewFingerprint);
