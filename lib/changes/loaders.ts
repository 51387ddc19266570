import "server-only";
import { cache } from "react";
import {
  findChangeId,
  getChange,
  getWorkerAbsence,
  listChanges,
  listChangesInNeed,
  listRuns,
} from "@/lib/changes/data";
import { parseChangeNumber } from "@/lib/change-number";
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

/** The id of a change by its name, such as CHG-1042; null where it names none. */
export async function loadChangeId(name: string): Promise<string | null> {
  const number = parseChangeNumber(name);
  return number === null ? null : findChangeId(await requireScope(), { number });
}
