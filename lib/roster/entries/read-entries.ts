import "server-only";
import { Prisma, type Transaction } from "@/lib/db/transaction";
import type { RosterEntry } from "@/lib/roster/model/types";

/** Rows in one answer: a hundred thousand at once would be in memory twice, as text and as objects. */
const BLOCK = 10_000;

/**
 * Reads the entries of a tenant, by address.
 * @param keys only these people; all when omitted.
 */
export async function readEntries(
  tx: Transaction,
  { tenantId, keys = null }: { tenantId: string; keys?: readonly string[] | null },
): Promise<RosterEntry[]> {
  const entries: RosterEntry[] = [];
  for await (const block of readEntryBlocks(tx, { tenantId, keys })) entries.push(...block);
  return entries;
}

/** The same a block at a time, for callers that only count. */
export async function* readEntryBlocks(
  tx: Transaction,
  { tenantId, keys = null }: { tenantId: string; keys?: readonly string[] | null },
): AsyncGenerator<RosterEntry[]> {
  const wanted = keys === null ? Prisma.empty : Prisma.sql`AND user_name_key = ANY (${[...keys]}::text[])`;
  let after = "";
  for (;;) {
    const block = await tx.$queryRaw<RosterEntry[]>`
      SELECT ${entryColumns} FROM roster_entry
       WHERE tenant_id = ${tenantId}::uuid AND user_name_key > ${after} ${wanted}
       ORDER BY user_name_key LIMIT ${BLOCK}`;
    yield block;
    const last = block.at(-1);
    if (!last || block.length < BLOCK) return;
    after = last.userNameKey;
  }
}

export const entryColumns = Prisma.sql`
  user_name_key AS "userNameKey", user_name AS "userName", source, resource_id AS "resourceId", fields, overrides,
  groups, active, absent_at AS "absentAt"`;

/** Finds the keys (userNameKey) of entries of the given accounts, or with the given ids in one of their fields. */
export function findEntryKeys(
  tx: Transaction,
  input:
    | { tenantId: string; resourceIds: readonly string[] }
    | { tenantId: string; field: string; ids: readonly string[] },
): Promise<{ userNameKey: string; id: string }[]> {
  const [id, ids] =
    "resourceIds" in input
      ? [Prisma.sql`resource_id`, input.resourceIds]
      : [Prisma.sql`fields ->> ${input.field}`, input.ids];
  return tx.$queryRaw<{ userNameKey: string; id: string }[]>`
    SELECT user_name_key AS "userNameKey", coalesce(${id}, '') AS id FROM roster_entry
     WHERE tenant_id = ${input.tenantId}::uuid AND ${id} = ANY (${[...ids]}::text[]) ORDER BY 1`;
}
