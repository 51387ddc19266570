import "server-only";
import {
  type EntryFilter,
  findEntry,
  getPolicy,
  getRosterFacts,
  listEntries,
  listGuards,
  samplePerson,
} from "@/lib/roster/data";
import { requireScope } from "@/lib/web/current-scope";

export async function loadEntries(filter: EntryFilter) {
  return listEntries(await requireScope(), filter);
}

export async function loadEntry(tenantId: string, userNameKey: string) {
  return findEntry(await requireScope(), { tenantId, userNameKey });
}

export async function loadPolicy(tenantId: string) {
  return getPolicy(await requireScope(), { tenantId });
}

export async function loadGuards(input: { tenantId: string; text?: string; after?: string }) {
  return listGuards(await requireScope(), input);
}

export async function loadRosterFacts(tenantId: string) {
  return getRosterFacts(await requireScope(), { tenantId });
}

export async function loadSample(tenantId: string, userNameKey: string) {
  return samplePerson(await requireScope(), { tenantId, userNameKey });
}
