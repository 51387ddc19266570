import "server-only";
import { cache } from "react";
import { getChange, getWorkerAbsence, listChanges, listChangesInNeed, listRuns } from "@/lib/changes/data";
import { getQueue } from "@/lib/changes/tenant-queue";
import { requireScope } from "@/lib/web/current-scope";

export async function loadChanges(filter: { text?: string; before?: number }) {
  return listChanges(await requireScope(), filter);
}

export async function loadChangesInNeed() {
  return listChangesInNeed(await requireScope());
}

export const loadChange = cache(async (changeId: string) => getChange(await requireScope(), { changeId }));

export async function loadRuns(tenantId: string) {
  return listRuns(await requireScope(), { tenantId, limit: 50 });
}

export async function loadQueue(tenantId: string) {
  return getQueue(await requireScope(), { tenantId });
}

export async function loadWorkerAbsence() {
  return getWorkerAbsence(await requireScope());
}
