import { createHash } from "node:crypto";
import { repairColumn } from "@/lib/csv/column-names";
import type { ColumnTarget } from "@/lib/imports/types";

/**
 * The key of a remembered mapping: the headers in any order, without the column that we added, and whether one of
 * them names the tenant. SHA-256 in hexadecimal.
 */
export function toHeadersKey(columns: readonly string[], hasTenantColumn: boolean): string {
  const words = columns.filter((column) => column !== repairColumn).map(toRememberedName);
  return createHash("sha256")
    .update(JSON.stringify([hasTenantColumn, words.toSorted()]))
    .digest("hex");
}

/** The stored form: each column's meaning by its name. */
export function toRemembered(
  columns: readonly string[],
  targets: readonly ColumnTarget[],
): Record<string, ColumnTarget> {
  return Object.fromEntries(
    columns.map((column, index) => [toRememberedName(column), targets[index] ?? "ignore"]),
  );
}

export function fromRemembered(
  columns: readonly string[],
  remembered: Readonly<Record<string, ColumnTarget>>,
): ColumnTarget[] {
  return columns.map((column) => {
    const name = toRememberedName(column);
    return column !== repairColumn && Object.hasOwn(remembered, name)
      ? (remembered[name] ?? "ignore")
      : "ignore";
  });
}

/** Column names are unique in this form; see toColumnNames. */
function toRememberedName(column: string): string {
  return column.toLowerCase();
}
