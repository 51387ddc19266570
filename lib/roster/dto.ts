import type { GuardKind } from "@/lib/roster/model/guard-kinds";
import type { RosterPolicy } from "@/lib/roster/policy/policy";
import type { RosterEntry, SourceName } from "@/lib/roster/model/types";

/** One person of a roster as a list shows them. */
export type EntryRow = {
  userNameKey: string;
  userName: string;
  source: SourceName;
  resourceId: string | null;
  /** Whether the tenant has their account, linked or with the same address. */
  hasAccount: boolean;
  active: boolean;
  absentAt: Date | null;
  /** The number of fields that an operator set. */
  overrides: number;
  groups: string[];
  guards: GuardKind[];
  updatedAt: Date;
  updatedBy: string;
};

export type EntryPage = {
  rows: EntryRow[];
  /** Pass it as `after` to get the next page; null on the last. */
  next: string | null;
};

export type EntryDetail = RosterEntry & {
  hasAccount: boolean;
  guards: GuardKind[];
  updatedAt: Date;
  updatedBy: string;
};

export type PolicyDto = {
  policy: RosterPolicy;
  /** 0 where none was saved yet. */
  version: number;
};

export type GuardRow = {
  userNameKey: string;
  kind: GuardKind;
  note: string;
  createdAt: Date;
  /** The operator's name. */
  createdBy: string;
};

export type GuardPage = { rows: GuardRow[]; next: string | null };

export type RosterFacts = {
  /** Null until the tenant's inventory was adopted. */
  adoptedAt: Date | null;
  entries: number;
  active: number;
  absent: number;
  left: number;
  overridden: number;
  guarded: number;
  /** Field names that occur on the roster, to choose from. */
  fields: string[];
  /** Names of roster groups that occur. */
  groups: string[];
};
