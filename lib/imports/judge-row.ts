import type { CsvRow } from "@/lib/csv/csv-row";
import { readNameList } from "@/lib/csv/name-list";
import {
  matchTenant,
  type NamedTenant,
  type TenantIndex,
  type TenantMatch,
} from "@/lib/imports/match-tenant";
import { repairs } from "@/lib/imports/repairs";
import { isStanding, losesZeros, type Standing } from "@/lib/imports/standing";
import { readArchived, readStatus } from "@/lib/imports/status-words";
import type { ColumnTarget, JudgedRow, RowProblem } from "@/lib/imports/types";
import { type AttributeKey, attributes, isAttributeKey } from "@/lib/knowbe4/attributes";
import { parseAttribute } from "@/lib/knowbe4/parse-attribute";
import { userNameKey } from "@/lib/knowbe4/user-name-key";

/** The settings by which a row is judged. */
export type Sheet = {
  columns: readonly string[];
  targets: readonly ColumnTarget[];
  /** The one tenant of all rows, or the tenants that a column may name. */
  tenant: NamedTenant | null;
  tenants: TenantIndex;
};

/** Which person of which tenant a row is about, before its values are judged. */
export type RowSubject = { tenantId: string; userNameKey: string };

const groupsMax = 50;
const groupCharsMax = 256;

/** Reads whom a row is about; null where it does not say, or names no tenant that matches. */
export function findSubject({ cells }: Pick<CsvRow, "cells">, sheet: Sheet): RowSubject | null {
  const tenant = sheet.tenant ?? toTenant(findTenant(cells, sheet));
  const key = userNameKey(cellOf(cells, sheet, "userName"));
  return tenant && key !== "" ? { tenantId: tenant.id, userNameKey: key } : null;
}

/**
 * Judges one row: the values for the roster, and every problem. A blank cell is left out: it states nothing and
 * clears nothing; so do last cells that are missing, which some versions of Excel do not write. A value that the tenant
 * holds already is no new value, whatever our rules for new ones say. The caller, who sees all rows, checks for repeated
 * addresses.
 * @param standing the account with the row's address, if its tenant has one; see findSubject
 */
export function judgeRow({ seq, cells }: CsvRow, sheet: Sheet, standing: Standing | null): JudgedRow {
  const row: JudgedRow = {
    seq,
    tenantId: sheet.tenant?.id ?? null,
    userNameKey: null,
    fields: {},
    groups: [],
    active: null,
    problems: [],
    warnings: [],
  };
  const match = sheet.tenant ? null : findTenant(cells, sheet);
  if (match) row.tenantId = match.ok ? match.tenant.id : match.tenantId;
  // Its cells may be under the wrong headers, so only the tenant is used, to decide who may see the row.
  if (cells.length > sheet.columns.length) return addProblem(row, "ragged", null);
  for (const [index, target] of sheet.targets.entries()) {
    const column = sheet.columns[index] ?? "";
    const cell = (cells[index] ?? "").trim();
    if (target === "tenant" && match && !match.ok) addProblem(row, match.code, column);
    if (target !== "ignore" && target !== "tenant" && cell !== "")
      readCell(row, { target, column, cell, standing });
  }
  judgeAddress(row, sheet, { tenant: sheet.tenant ?? toTenant(match), isKnown: standing !== null });
  return row;
}

function findTenant(cells: readonly string[], sheet: Sheet): TenantMatch | null {
  return sheet.targets.includes("tenant") ? matchTenant(sheet.tenants, cellOf(cells, sheet, "tenant")) : null;
}

function toTenant(match: TenantMatch | null): NamedTenant | null {
  return match?.ok ? match.tenant : null;
}

function cellOf(cells: readonly string[], { targets }: Sheet, target: ColumnTarget): string {
  return cells[targets.indexOf(target)] ?? "";
}

type ReadCell = {
  target: Exclude<ColumnTarget, "tenant" | "ignore">;
  column: string;
  cell: string;
  standing: Standing | null;
};

function readCell(row: JudgedRow, read: ReadCell): void {
  const { target, column, cell } = read;
  if (isAttributeKey(target)) return readAttribute(row, target, read);
  if (target === "groups") return readGroups(row, read);
  if (cell.includes("\uFFFD")) addProblem(row, "unreadable", column);
  if (target === "extra") return setField(row, toExtraName(column), cell.normalize("NFC"));
  const active = target === "status" ? readStatus(cell) : readArchived(cell);
  if (active === null) addProblem(row, "status", column);
  else row.active = active;
}

function readAttribute(row: JudgedRow, key: AttributeKey, { column, cell, standing }: ReadCell): void {
  const held = key === "userName" ? standing?.userName : standing?.attributes[key];
  if (held !== undefined && (isStanding(held, cell) || (key === "userName" && standing)))
    return setField(row, key, held);
  if (held !== undefined && losesZeros(held, cell)) {
    row.warnings.push({ code: "zeros", column, message: repairs.zeros });
    return setField(row, key, held);
  }
  if (cell.includes("\uFFFD")) addProblem(row, "unreadable", column);
  const parsed = parseAttribute(key, cell);
  if (parsed.ok) setField(row, key, parsed.value);
  else row.problems.push({ code: "value", column, message: toRepair(parsed.message, cell) });
}

/** The message about one value, without the value: rows with the same repair share a message. */
function toRepair(message: string, cell: string): string {
  return message.replace(` "${cell.normalize("NFC")}"`, "").replace(/ has \d+ characters\./, " is too long.");
}

/** A person's own groups keep the tenant's spelling, and count to no limit. */
function readGroups(row: JudgedRow, { column, cell, standing }: ReadCell): void {
  const own = new Map(standing?.groups.map((name) => [userNameKey(name), name]));
  const named = readNameList(cell, standing?.groups).map((name) => own.get(userNameKey(name)) ?? name);
  const all = [...new Map([...row.groups, ...named].map((name) => [userNameKey(name), name])).values()];
  const joined = all.filter((name) => !own.has(userNameKey(name)));
  if (joined.some((name) => name.includes("\uFFFD"))) addProblem(row, "unreadable", column);
  const isWrong =
    joined.length > groupsMax ||
    joined.some((name) => [...name].length > groupCharsMax || /\p{Cc}/u.test(name));
  if (isWrong) addProblem(row, "group", column);
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

type Address = { tenant: NamedTenant | null; isKnown: boolean };

function judgeAddress(row: JudgedRow, { columns, targets }: Sheet, { tenant, isKnown }: Address): void {
  const column = columns[targets.indexOf("userName")] ?? attributes.userName.label;
  const address = row.fields.userName;
  if (address === undefined) {
    const isSaid = row.problems.some((problem) => problem.column === column && problem.code === "value");
    if (!isSaid) addProblem(row, "address-missing", column);
    return;
  }
  row.userNameKey = userNameKey(address);
  const domain = row.userNameKey.split("@").at(-1) ?? "";
  if (!isKnown && tenant && tenant.domains.length > 0 && !tenant.domains.includes(domain)) {
    addProblem(row, "domain-not-allowed", column);
  }
}

function addProblem(
  row: JudgedRow,
  code: Exclude<RowProblem["code"], "value">,
  column: string | null,
): JudgedRow {
  row.problems.push({ code, column, message: repairs[code] });
  return row;
}
