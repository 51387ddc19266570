import "server-only";
import { cache } from "react";
import { listAccounts, listGroups, listReads } from "@/lib/directory/data";
import type { AccountFilter } from "@/lib/directory/search-accounts";
import { findPerson } from "@/lib/directory/person";
import { requireScope } from "@/lib/web/current-scope";

export async function loadAccounts(filter: AccountFilter) {
  return listAccounts(await requireScope(), filter);
}

export const loadPerson = cache(async (tenantId: string, resourceId: string) =>
  findPerson(await requireScope(), { tenantId, resourceId }),
);

export async function loadGroups(tenantIds: string[]) {
  return listGroups(await requireScope(), { tenantIds });
}

export async function loadReads(tenantId: string) {
  return listReads(await requireScope(), { tenantId, limit: 20 });
}
