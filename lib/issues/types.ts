import type { CatalogueCode } from "@/lib/knowbe4/catalogue";
import type { TenantState } from "@/lib/tenants/types";

/** Something that needs a person's attention, with the tenant's state. */
export type IssueRow = {
  id: string;
  code: CatalogueCode;
  subject: string;
  detail: string;
  state: "open" | "resolved";
  /** How often it happened since it was opened. */
  times: number;
  firstAt: Date;
  lastAt: Date;
  resolvedAt: Date | null;
  /** Null while open, and when Rollcall resolved it automatically. */
  resolvedBy: string | null;
  /** Null: the issue is about the fleet. */
  tenant: IssueTenant | null;
  change: { id: string; number: number } | null;
};

export type IssueTenant = {
  id: string;
  name: string;
  state: TenantState;
  /** When sending or probing resumes automatically; null when nothing waits, or a person must act. */
  nextAt: Date | null;
};

export type IssuePage = {
  rows: IssueRow[] /** Pass it as `after` to get the next page; null on the last. */;
  next: string | null;
};
