import type { AttemptRow, ChangeDetail, OperationRow, RunDetail } from "@/lib/changes/types";

/** A value as JSON carries it: dates are ISO 8601 text. */
export type Wire<T> = T extends Date ? string : T extends object ? { [Key in keyof T]: Wire<T[Key]> } : T;

export type ChangeView = Wire<ChangeDetail>;
export type RunView = Wire<RunDetail>;
export type OperationView = Wire<OperationRow>;
export type AttemptView = Wire<AttemptRow>;

/** The page's first data in the form that polling returns, so that components know one form only. */
export function toWire<T>(value: T): Wire<T> {
  return JSON.parse(JSON.stringify(value)) as Wire<T>;
}
