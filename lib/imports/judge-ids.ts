import "server-only";
import type { Transaction } from "@/lib/db/transaction";
import type { Sheet } from "@/lib/imports/judge-row";
import { repairs } from "@/lib/imports/repairs";
import type { JudgedRow } from "@/lib/imports/types";

/** A number of a row that may have lost its zeros, and by which people are told apart. */
export type BareId = { seq: number; tenantId: string; field: string; id: string; column: string };

const idFields = ["employeeNumber", "externalId"] as const;

/** The numbers of a person whom the tenant does not have under this address. */
export function findBareIds({ seq, tenantId, fields }: JudgedRow, { columns, targets }: Sheet): BareId[] {
  if (tenantId === null) return [];
  return idFields.flatMap((field) => {
    const id = fields[field] ?? "";
    return /^[1-9]\d*$/.test(id)
      ? [{ seq, tenantId, field, id, column: columns[targets.indexOf(field)] ?? "" }]
      : [];
  });
}

/**
 * Marks the rows whose number somebody of the tenant has with leading zeros: probably the same person, of whom a second
 * account would be created.
 */
export async function markBareIds(tx: Transaction, importId: string, bare: readonly BareId[]): Promise<void> {
  if (bare.length === 0) return;
  const tenantIds = [...new Set(bare.map(({ tenantId }) => tenantId))];
  // Each side of the join has its key as a column: a key of both sides would compare each row with each person.
  await tx.$executeRaw`
    WITH known AS MATERIALIZED (
      SELECT u.tenant_id, f.field, ltrim(u.attributes ->> f.field, '0') AS id
        FROM directory_user u CROSS JOIN unnest(${[...idFields]}::text[]) AS f (field)
       WHERE u.tenant_id = ANY (${tenantIds}::uuid[]) AND u.attributes ->> f.field LIKE '0%')
    UPDATE import_row r SET warnings = r.warnings || jsonb_build_array(jsonb_build_object(
             'code', 'zeros-elsewhere', 'column', n."column", 'message', ${repairs["zeros-elsewhere"]}::text))
      FROM (SELECT b.seq, min(b."column") AS "column"
              FROM jsonb_to_recordset(${JSON.stringify(bare)}::jsonb)
                   AS b (seq int, "tenantId" uuid, field text, id text, "column" text)
              JOIN known k ON k.tenant_id = b."tenantId" AND k.field = b.field AND k.id = b.id
             GROUP BY b.seq) n
     WHERE r.import_id = ${importId}::uuid AND r.seq = n.seq`;
}
