import type { AttributeKey } from "@/lib/knowbe4/attributes";
import type { EncodingName } from "@/lib/csv/encodings";
import type { FieldName } from "@/lib/roster/model/types";
import type { Delimiter } from "@/lib/csv/csv-row";

/**
 * The meaning of one column. `status` holds words (active, archived), `archived` yes or no; `groups` holds names
 * separated by ; or |; `extra` is kept under its header, for a tenant's mapping; `ignore` is not read.
 */
export type ColumnTarget = AttributeKey | "tenant" | "groups" | "status" | "archived" | "extra" | "ignore";

/** The content of roster_import.mapping. */
export type ColumnMapping = {
  /** One for each column, in the file's order. */
  targets: ColumnTarget[];
  from: "guessed" | "remembered" | "chosen";
  /** True: a column names each row's tenant. False: all rows belong to the import's one tenant. */
  hasTenantColumn: boolean;
  /** The file is KnowBe4's own export of console users: it lists existing accounts. */
  isKnowBe4Export: boolean;
};

export type ImportMode = "merge" | "full";
/** A file is finished once its applied change has ended, and expires when nobody uses it (end-imports.ts). */
export type ImportState = "reading" | "read" | "checked" | "failed" | "discarded" | "finished" | "expired";
export type ProblemCode =
  | "ragged"
  | "unreadable"
  | "address-missing"
  | "value"
  | "tenant-missing"
  | "tenant-unknown"
  | "tenant-ambiguous"
  | "tenant-disconnected"
  | "domain-not-allowed"
  | "status"
  | "group"
  | "zeros"
  | "zeros-elsewhere"
  | "manager"
  | "duplicate-source";

/**
 * A problem that keeps a row from being used. `message` names no value, so that rows with one repair group together.
 */
export type RowProblem = { code: ProblemCode; column: string | null; message: string };

/**
 * A checked row as import_row stores it. `fields` holds the file's values under attribute keys (`userName` among
 * them, as typed) and the headers of extra columns; blank cells are absent. Empty `groups` and a null `active` state
 * nothing.
 */
export type JudgedRow = {
  seq: number;
  tenantId: string | null;
  userNameKey: string | null;
  fields: Record<FieldName, string>;
  groups: string[];
  active: boolean | null;
  problems: RowProblem[];
  /** What a person should look at although the row is used. */
  warnings: RowProblem[];
};

export type ImportSummary = {
  id: string;
  fileName: string;
  state: ImportState;
  mode: ImportMode;
  rows: number;
  good: number;
  bad: number;
  problem: string | null;
  requestedBy: string;
  createdAt: Date;
  /** When its rows were deleted because nothing needed them any more. */
  endedAt: Date | null;
  /** The first few tenants it touches, or may touch until checked, and their number. */
  tenants: { id: string; name: string }[];
  tenantCount: number;
  /** The newest change planned from it. */
  change: { id: string; number: number; state: string } | null;
};

export type ImportDetail = ImportSummary & {
  delimiter: Delimiter;
  encoding: EncodingName;
  columns: string[];
  mapping: ColumnMapping;
  /** What an ignored column may mean, one for each column, until a person has chosen; see suggestColumns. */
  suggestions: (ColumnTarget | null)[];
  /** The first cells of each column that are not blank. */
  samples: string[][];
  /** Rows by tenant, once checked; null is for rows without a tenant. */
  byTenant: { tenantId: string | null; name: string | null; good: number; bad: number }[];
};

/** Rows with the same repair. `examples`: the first few of them, with the cell at fault. */
export type ProblemGroup = {
  code: ProblemCode;
  column: string | null;
  message: string;
  rows: number;
  examples: { seq: number; cell: string }[];
};
