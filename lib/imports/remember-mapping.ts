import "server-only";
import type { Scope } from "@/lib/auth/scope";
import type { Transaction } from "@/lib/db/transaction";
import { matchColumns } from "@/lib/imports/match-columns";
import { fromRemembered, toHeadersKey, toRemembered } from "@/lib/imports/headers-key";
import { isKnowBe4Export } from "@/lib/imports/knowbe4-export";
import { refuseMapping } from "@/lib/imports/refuse-mapping";
import type { ColumnMapping, ColumnTarget } from "@/lib/imports/types";
import type { CsvRow } from "@/lib/csv/csv-row";

type FileFacts = { columns: readonly string[]; samples: readonly CsvRow[]; hasTenantColumn: boolean };

/** The mapping last chosen for these headers, else a guess. */
export async function proposeMapping(tx: Transaction, file: FileFacts): Promise<ColumnMapping> {
  const { columns, samples, hasTenantColumn } = file;
  const facts = { hasTenantColumn, isKnowBe4Export: isKnowBe4Export(columns) };
  const kept = await tx.importMapping.findUnique({
    where: { headersKey: toHeadersKey(columns, hasTenantColumn) },
  });
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
  columns: readonly string[],
  { targets, hasTenantColumn }: ColumnMapping,
): Promise<void> {
  const headersKey = toHeadersKey(columns, hasTenantColumn);
  const chosen = {
    mapping: toRemembered(columns, targets),
    updatedById: scope.actor.id,
    updatedAt: new Date(),
  };
  await tx.importMapping.upsert({ where: { headersKey }, create: { headersKey, ...chosen }, update: chosen });
}
