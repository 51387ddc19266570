import "server-only";
import type { Transaction } from "@/lib/db/transaction";
import type { Rename } from "@/lib/roster/entries/overlay";
import type { RosterEntry } from "@/lib/roster/model/types";

/** Rows in one statement: large enough to make round trips cheap, small enough to keep a statement under 2 MB. */
const BLOCK = 1_000;

/** Gives entries the people's current addresses, so that writing them creates no duplicates. */
export async function renameEntries(
  tx: Transaction,
  { tenantId, renames }: { tenantId: string; renames: readonly Rename[] },
): Promise<void> {
  if (renames.length === 0) return;
  await tx.$executeRaw`
    UPDATE roster_entry e SET user_name_key = r."to"
      FROM jsonb_to_recordset(${JSON.stringify(renames)}::jsonb) AS r("from" text, "to" text)
     WHERE e.tenant_id = ${tenantId}::uuid AND e.user_name_key = r."from"`;
}

/**
 * Writes entries. Unchanged rows are not written, so `updated_at` says when they last changed.
 * @param updatedBy the writer's name for the audit log.
 */
export async function writeEntries(
  tx: Transaction,
  { tenantId, updatedBy, entries }: { tenantId: string; updatedBy: string; entries: readonly RosterEntry[] },
): Promise<void> {
  for (let start = 0; start < entries.length; start += BLOCK) {
    const block = JSON.stringify(entries.slice(start, start + BLOCK));
    await tx.$executeRaw`
      INSERT INTO roster_entry AS e (tenant_id, user_name_key, user_name, source, resource_id, fields, overrides, groups,
                                     active, absent_at, updated_at, updated_by)
      SELECT ${tenantId}::uuid, r."userNameKey", r."userName", r.source, r."resourceId", r.fields, r.overrides, r.groups,
             r.active, r."absentAt", now(), ${updatedBy}
        FROM jsonb_to_recordset(${block}::jsonb) AS r(
             "userNameKey" text, "userName" text, source text, "resourceId" text, fields jsonb, overrides jsonb,
             groups text[], active boolean, "absentAt" timestamptz)
      ON CONFLICT (tenant_id, user_name_key) DO UPDATE
         SET user_name = excluded.user_name, source = excluded.source, resource_id = excluded.resource_id,
             fields = excluded.fields, overrides = excluded.overrides, groups = excluded.groups,
             active = excluded.active, absent_at = excluded.absent_at,
             updated_at = excluded.updated_at, updated_by = excluded.updated_by
       WHERE (e.user_name, e.source, e.resource_id, e.fields, e.overrides, e.groups, e.active, e.absent_at)
          IS DISTINCT FROM (excluded.user_name, excluded.source, excluded.resource_id, excluded.fields,
                            excluded.overrides, excluded.groups, excluded.active, excluded.absent_at)`;
  }
}
