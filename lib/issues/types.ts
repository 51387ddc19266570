import type { CatalogueCode } from "@/lib/knowbe4/catalogue";
import type { TenantState } from "@/lib/tenants/types";

/** Something that a person should look at, with what the tenant waits for meanwhile. */
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
  /** Null while it is open, and when it resolved itself. */
  resolvedBy: string | null;
  /** Null: it speaks of the fleet. */
  tenant: IssueTenant | null;
  change: { id: string; number: number } | null;
};

export type IssueTenant = {
  id: string;
  name: string;
  state: TenantState;
  /** When something is sent to it again, or it is probed again, by itself; null when that needs nobody or a person. */
  nextAt: Date | null;
};

export type IssuePage = {
  rows: IssueRow[] /** Give it back for the next page; null on the last. */;
  next: string | null;
};
