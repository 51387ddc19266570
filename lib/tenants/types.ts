import type { CatalogueCode } from "@/lib/knowbe4/catalogue";
import type { ProbeResult } from "@/lib/knowbe4/probe";

export type TenantMode = "observe" | "source" | "mixed";
export type TenantState = "connecting" | "healthy" | "paused" | "quarantined" | "disconnected";

/** A tenant as a list shows it. Nothing here or in the detail tells of a token but that there is one. */
export type TenantSummary = {
  id: string;
  name: string;
  mode: TenantMode;
  state: TenantState;
  /** Why it is quarantined, or why it is being left alone for a moment. */
  reason: CatalogueCode | null;
  reasonAt: Date | null;
  cooldownTo: Date | null;
  domains: string[];
  testMode: boolean | null;
  /** From the last whole read; null before the first. */
  users: number | null;
  active: number | null;
  groups: number | null;
  readAt: Date | null;
  lastReadState: "queued" | "running" | "complete" | "failed" | null;
  lastReadReason: CatalogueCode | null;
  lastConfirmedAt: Date | null;
  /** Operations that are accepted and not yet seen. */
  unconfirmed: number;
  /** Operations that are still to be sent. */
  open: number;
};

/** Which of the tenants a list is about. */
export const tenantViews = ["all", "trouble", "paused", "disconnected"] as const;
export type TenantView = (typeof tenantViews)[number];

export type TenantFilter = {
  view?: TenantView;
  /** Parts of a name or of a domain, in any order. */
  text?: string;
  /** The `next` of the page before. */
  after?: string;
};

export type TenantPage = {
  rows: TenantSummary[];
  /** Give it back to get the next page; null on the last. */
  next: string | null;
  /** How many are in each view, whatever the text. */
  counts: Record<TenantView, number>;
};

/** A tenant as a field offers it, without anything that has to be counted. */
export type TenantOption = Pick<
  TenantSummary,
  "id" | "name" | "domains" | "mode" | "state" | "reason" | "testMode" | "readAt"
>;

export type TenantOptions = { tenants: TenantOption[] /** How many match, shown or not. */; total: number };

export type TenantSearch = {
  text?: string;
  ids?: readonly string[];
  withDisconnected?: boolean;
  limit: number;
};

/** Whose reading is the oldest, of how many tenants that were read. */
export type OldestRead = { name: string; readAt: Date; tenants: number };

/** What a tenant's plans are held to. Shares are parts of one, of its active people. */
export type RailsSettings = {
  archiveHoldMin: number;
  archiveHoldShare: number;
  restoreHoldMin: number;
  restoreHoldShare: number;
  removalHoldMin: number;
  removalHoldShare: number;
  allowCreate: boolean;
  allowUpdate: boolean;
  allowArchive: boolean;
  /** Active people that the licence allows; null while nobody said. */
  seats: number | null;
};

/** How many people KnowBe4 would archive if Rollcall became the source now, of how many active ones. */
export type Absences = { active: number; absent: number };

export type AbsentPerson = { resourceId: string; userName: string; displayName: string };

export type TenantDetail = TenantSummary &
  RailsSettings & {
    tenantUrl: string;
    connectedAt: Date;
    disconnectedAt: Date | null;
    probe: ProbeResult | null;
    probedAt: Date | null;
    /** Requests a second: as found at this time, and as operators allow it. */
    rate: number | null;
    rateMax: number | null;
    inFlightMax: number;
    /** After this long without being seen, what was accepted explains itself. */
    visibleInMinutes: number;
    /** Every sync applies the roster by itself. */
    reconciles: boolean;
    quarantinedAt: Date | null;
    /** When a quarantined tenant is probed next. */
    probeNextAt: Date | null;
    /** The cut-over gate: when the inventory became the roster, and who signed that Rollcall may write. */
    adoptedAt: Date | null;
    signedAt: Date | null;
    signedBy: string | null;
    credential: {
      version: number;
      createdAt: Date;
      createdBy: string;
      usedAt: Date | null;
      rejectedAt: Date | null;
    } | null;
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
  issues: number;
};
