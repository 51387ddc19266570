import "server-only";
import type { Transaction } from "@/lib/db/transaction";
import type { Sheet } from "@/lib/imports/judge-row";
import { repairs } from "@/lib/imports/repairs";
import { isStanding, type Standing } from "@/lib/imports/standing";
import type { JudgedRow } from "@/lib/imports/types";
import { userNameKey } from "@/lib/knowbe4/user-name-key";

/** A row that names a manager by an address, with the form in which addresses are compared. */
export type NamedManager = { seq: number; tenantId: string; managerKey: string };

/** The manager whom a row names anew. A manager who stands already, and an id as Entra sends it, need no person here. */
export function findManager(row: JudgedRow, standing: Standing | null): NamedManager | null {
  const { manager } = row.fields;
  if (row.tenantId === null || manager === undefined || !manager.includes("@")) return null;
  const held = standing?.attributes.manager;
  if (held !== undefined && isStanding(held, manager)) return null;
  return { seq: row.seq, tenantId: row.tenantId, managerKey: userNameKey(manager) };
}

/** Marks the rows whose manager is nobody in their tenant and nobody in the file. All rows are judged by then. */
export async function markUnknownManagers(
  tx: Transaction,
  importId: string,
  { columns, targets }: Sheet,
  named: readonly NamedManager[],
): Promise<void> {
  if (named.length === 0) return;
  const column = columns[targets.indexOf("manager")] ?? null;
  const warning = { code: "manager", column, message: repairs.manager };
  await tx.$executeRaw`
    UPDATE import_row r SET warnings = r.warnings || ${JSON.stringify([warning])}::jsonb
      FROM jsonb_to_recordset(${JSON.stringify(named)}::jsonb) AS n (seq int, "tenantId" uuid, "managerKey" text)
     WHERE r.import_id = ${importId}::uuid AND r.seq = n.seq
       AND NOT EXISTS (SELECT FROM directory_user u WHERE u.tenant_id = n."tenantId" AND u.user_name_key = n."managerKey")
       AND NOT EXISTS (SELECT FROM import_row o WHERE o.import_id = ${importId}::uuid AND o.tenant_id = n."tenantId"
                          AND o.user_name_key = n."managerKey")`;
}
