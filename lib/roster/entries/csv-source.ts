import "server-only";
import type { Transaction } from "@/lib/db/transaction";
import { notFound } from "@/lib/errors";
import type { Source } from "@/lib/roster/entries/source";
import type { ListedPerson, Listing } from "@/lib/roster/model/types";

type Row = {
  userNameKey: string;
  fields: Record<string, string>;
  groups: string[];
  active: boolean | null;
};

/**
 * A checked CSV file as the source of one tenant: the tenant's good rows, in the file's order. A `full` file is
 * complete only if none of the tenant's rows is bad and every row names a tenant, because one without may be this
 * tenant's.
 */
export function csvSource(tx: Transaction, input: { tenantId: string; importId: string }): Source {
  return { name: "csv", deliver: () => deliver(tx, input) };
}

/** @throws AppError not-found when the file does not exist or is outside the transaction's reach. */
async function deliver(
  tx: Transaction,
  { tenantId, importId }: { tenantId: string; importId: string },
): Promise<Listing> {
  const file = await tx.rosterImport.findFirst({
    where: { id: importId, tenantIds: { has: tenantId } },
    select: { mode: true },
  });
  if (!file) throw notFound("file");
  const rows = await tx.$queryRaw<Row[]>`
    SELECT user_name_key AS "userNameKey", fields, groups, active FROM import_row
     WHERE import_id = ${importId}::uuid AND tenant_id = ${tenantId}::uuid AND is_good AND user_name_key <> ''
     ORDER BY seq`;
  const [bad] = await tx.$queryRaw<{ rows: number }[]>`
    SELECT count(*)::int AS rows FROM import_row
     WHERE import_id = ${importId}::uuid AND NOT is_good AND (tenant_id = ${tenantId}::uuid OR tenant_id IS NULL)`;
  const isWhole = bad?.rows === 0;
  const mark = file.mode === "merge" ? "delta" : isWhole ? "complete" : "incomplete";
  return { source: "csv", mark, people: rows.map(toListed) };
}

/** A file cannot say "in no group": a row without groups states nothing about them. */
function toListed({ userNameKey, fields, groups, active }: Row): ListedPerson {
  const { userName = userNameKey, ...rest } = fields;
  return { userName, fields: rest, groups: groups.length > 0 ? groups : null, active };
}
