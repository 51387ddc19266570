import { type AttributeKey, attributes, isAttributeKey } from "@/lib/knowbe4/attributes";
import { parseAttribute } from "@/lib/knowbe4/parse-attribute";
import { userNameKey } from "@/lib/knowbe4/user-name-key";
import { matchTenant, type NamedTenant, type TenantIndex } from "@/lib/imports/match-tenant";
import { repairs } from "@/lib/imports/repairs";
import { readArchived, readStatus } from "@/lib/imports/status-words";
import type { ColumnTarget, JudgedRow, RowProblem } from "@/lib/imports/types";
import type { CsvRow } from "@/lib/csv/csv-row";

/** The settings by which a row is judged. */
export type Sheet = {
  columns: readonly string[];
  targets: readonly ColumnTarget[];
  /** The one tenant of all rows, or the tenants that a column may name. */
  tenant: NamedTenant | null;
  tenants: TenantIndex;
};

const groupsMax = 50;
const groupCharsMax = 256;

/**
 * Judges one row: the values for the roster, and every problem. A blank cell is left out: it states nothing and
 * clears nothing; so do last cells that are missing, which some versions of Excel do not write. The caller, who sees all rows, checks for repeated addresses.
 */
export function judgeRow({ seq, cells }: CsvRow, sheet: Sheet): JudgedRow {
  const row: JudgedRow = {
    seq,
    tenantId: sheet.tenant?.id ?? null,
    userNameKey: null,
    fields: {},
    groups: [],
    active: null,
    problems: [],
  };
  if (cells.length > sheet.columns.length) return judgeRagged(row, cells, sheet);
  let tenant = sheet.tenant;
  for (const [index, target] of sheet.targets.entries()) {
    const column = sheet.columns[index] ?? "";
    const cell = (cells[index] ?? "").trim();
    if (target === "ignore") continue;
    if (cell.includes("\uFFFD")) row.problems.push(toProblem("unreadable", column));
    if (target === "tenant") tenant = readTenant(row, sheet.tenants, column, cell);
    else if (cell !== "") readCell(row, target, column, cell);
  }
  judgeAddress(row, sheet, tenant);
  return row;
}

/** Its cells may be under the wrong headers, so only the tenant is used, to decide who may see the row. */
function judgeRagged(row: JudgedRow, cells: readonly string[], { targets, tenants }: Sheet): JudgedRow {
  const cell = cells[targets.indexOf("tenant")];
  const match = cell === undefined ? null : matchTenant(tenants, cell);
  if (match) row.tenantId = match.ok ? match.tenant.id : match.tenantId;
  row.problems.push(toProblem("ragged", null));
  return row;
}

function readCell(
  row: JudgedRow,
  target: Exclude<ColumnTarget, "tenant">,
  column: string,
  cell: string,
): void {
  if (isAttributeKey(target)) readAttribute(row, target, column, cell);
  else if (target === "groups") readGroups(row, column, cell);
  else if (target === "extra") setField(row, toExtraName(column), cell.normalize("NFC"));
  else {
    const active = target === "status" ? readStatus(cell) : readArchived(cell);
    if (active === null) row.problems.push(toProblem("status", column));
    else row.active = active;
  }
}

function readTenant(row: JudgedRow, tenants: TenantIndex, column: string, cell: string): NamedTenant | null {
  const match = matchTenant(tenants, cell);
  if (match.ok) {
    row.tenantId = match.tenant.id;
    return match.tenant;
  }
  row.tenantId = match.tenantId;
  row.problems.push(toProblem(match.code, column));
  return null;
}

function readAttribute(row: JudgedRow, key: AttributeKey, column: string, cell: string): void {
  const parsed = parseAttribute(key, cell);
  if (parsed.ok) setField(row, key, parsed.value);
  else row.problems.push({ code: "value", column, message: toRepair(parsed.message, cell) });
}

/** The message about one value, without the value: rows with the same repair share a message. */
function toRepair(message: string, cell: string): string {
  return message.replace(` "${cell.normalize("NFC")}"`, "").replace(/ has \d+ characters\./, " is too long.");
}

function readGroups(row: JudgedRow, column: string, cell: string): void {
  const names = cell
    .split(/[;|]/)
    .map((name) => name.normalize("NFC").trim())
    .filter((name) => name !== "");
  const all = [...new Map([...row.groups, ...names].map((name) => [name.toLowerCase(), name])).values()];
  const isWrong =
    all.length > groupsMax || names.some((name) => [...name].length > groupCharsMax || /\p{Cc}/u.test(name));
  if (isWrong) row.problems.push(toProblem("group", column));
  else row.groups = all;
}

/** A header that is also an attribute's key must not be mistaken for the attribute. */
function toExtraName(column: string): string {
  return isAttributeKey(column) ? `${column} (column)` : column;
}

function setField(row: JudgedRow, name: string, value: string): void {
  // A header may be __proto__: defineProperty makes it a name like any other.
  Object.defineProperty(row.fields, name, { value, enumerable: true, configurable: true, writable: true });
}

function judgeAddress(row: JudgedRow, { columns, targets }: Sheet, tenant: NamedTenant | null): void {
  const column = columns[targets.indexOf("userName")] ?? attributes.userName.label;
  const address = row.fields.userName;
  if (address === undefined) {
    const isSaid = row.problems.some((problem) => problem.column === column && problem.code === "value");
    if (!isSaid) row.problems.push(toProblem("address-missing", column));
    return;
  }
  row.userNameKey = userNameKey(address);
  const domain = row.userNameKey.split("@").at(-1) ?? "";
  if (tenant && tenant.domains.length > 0 && !tenant.domains.includes(domain)) {
    row.problems.push(toProblem("domain-not-allowed", column));
  }
}

function toProblem(code: Exclude<RowProblem["code"], "value">, column: string | null): RowProblem {
  return { code, column, message: repairs[code] };
}
