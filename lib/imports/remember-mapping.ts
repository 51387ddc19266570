import "server-only";
import { operatorIdOf, type Scope } from "@/lib/auth/scope";
import type { Transaction } from "@/lib/db/transaction";
import { matchColumns } from "@/lib/imports/match-columns";
import { fromRemembered, toHeadersKey, toRemembered } from "@/lib/imports/headers-key";
import { isKnowBe4Export } from "@/lib/imports/knowbe4-export";
import { refuseMapping } from "@/lib/imports/refuse-mapping";
import type { ColumnMapping, ColumnTarget } from "@/lib/imports/types";
import type { CsvRow } from "@/lib/csv/csv-row";

type FileFacts = {
  columns: readonly string[];
  samples: readonly CsvRow[];
  hasTenantColumn: boolean;
  tenantIds: readonly string[];
};

/**
 * The mapping last chosen for these headers, else a guess. What was chosen for one tenant says nothing about another;
 * for a file with a column that names tenants, it is what the operator chose.
 */
export async function proposeMapping(tx: Transaction, scope: Scope, file: FileFacts): Promise<ColumnMapping> {
  const { columns, samples, hasTenantColumn } = file;
  const facts = { hasTenantColumn, isKnowBe4Export: isKnowBe4Export(columns) };
  const kept = await tx.importMapping.findUnique({ where: toKey(scope, file) });
  const remembered = kept && fromRemembered(columns, kept.mapping as Record<string, ColumnTarget>);
  if (remembered && refuseMapping(remembered, hasTenantColumn) === null) {
    return { ...facts, targets: remembered, from: "remembered" };
  }
  const cells = columns.map((_column, index) => samples.map((row) => row.cells[index] ?? ""));
  return { ...facts, targets: matchColumns({ columns, samples: cells, hasTenantColumn }), from: "guessed" };
}

export async function rememberMapping(
  tx: Transaction,
  scope: Scope,
  file: Omit<FileFacts, "samples">,
  targets: readonly ColumnTarget[],
): Promise<void> {
  const key = toKey(scope, file);
  const chosen = {
    mapping: toRemembered(file.columns, targets),
    updatedById: scope.actor.id,
    updatedAt: new Date(),
  };
  const create = { ...(key.tenantId_headersKey ?? key.operatorId_headersKey), ...chosen };
  await tx.importMapping.upsert({ where: key, create, update: chosen });
}

function toKey(scope: Scope, { columns, hasTenantColumn, tenantIds }: Omit<FileFacts, "samples">) {
  const headersKey = toHeadersKey(columns, hasTenantColumn);
  const [tenantId] = tenantIds;
  return hasTenantColumn || tenantId === undefined
    ? { operatorId_headersKey: { operatorId: operatorIdOf(scope), headersKey } }
    : { tenantId_headersKey: { tenantId, headersKey } };
}
