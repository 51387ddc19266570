import type { CatalogueCode } from "@/lib/knowbe4/catalogue";
import type { TenantState } from "@/lib/tenants/types";

/** Something that a person should look at, with what the tenant waits for meanwhile. */
export type NoticeRow = {
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
  tenant: NoticeTenant | null;
  change: { id: string; number: number } | null;
};

export type NoticeTenant = {
  id: string;
  name: string;
  state: TenantState;
  /** When something is sent to it again, or it is probed again, by itself; null when that needs nobody or a person. */
  nextAt: Date | null;
};

export type NoticePage = {
  rows: NoticeRow[] /** Give it back for the next page; null on the last. */;
  next: string | null;
};

/** How a tenant bears being worked with: what the workers keep of it between two pieces of work. */
export type TenantHealth = {
  state: TenantState;
  reason: CatalogueCode | null;
  reasonAt: Date | null;
  /** Requests a second at this moment, clean minutes counted in; null means no limit. */
  rate: number | null;
  rateMax: number | null;
  /** In a row, of those that speak of the tenant. */
  failures: number;
  cooldownTo: Date | null;
  /** Also of a healthy tenant that is on trial: its writes were refused, and none was accepted since. */
  quarantinedAt: Date | null;
  /** Null in quarantine: it was there for too long, and a person has to try it. */
  probeNextAt: Date | null;
  /** Probes by itself since it was quarantined. */
  probes: number;
  notices: number;
};
