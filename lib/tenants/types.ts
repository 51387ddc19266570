import type { CatalogueCode } from "@/lib/knowbe4/catalogue";
import type { ProbeResult } from "@/lib/knowbe4/probe";

export type TenantMode = "observe" | "source" | "mixed";
export type TenantState = "connecting" | "healthy" | "paused" | "quarantined" | "disconnected";

/** A tenant as a list shows it. Neither this nor the detail contains anything of the token except that it exists. */
export type TenantSummary = {
  id: string;
  name: string;
  mode: TenantMode;
  state: TenantState;
  /** Why it is quarantined or on cooldown. */
  reason: CatalogueCode | null;
  reasonAt: Date | null;
  cooldownTo: Date | null;
  domains: string[];
  testMode: boolean | null;
  /** What the last full read found, with what was seen since; null before the first. */
  users: number | null;
  active: number | null;
  groups: number | null;
  readAt: Date | null;
  lastReadState: "queued" | "running" | "complete" | "failed" | null;
  lastReadReason: CatalogueCode | null;
  lastConfirmedAt: Date | null;
  /** Accepted operations that are not visible yet. */
  unconfirmed: number;
  /** Operations not sent yet. */
  open: number;
};

/** A tenant that may need a person. Every page loads these, so nobody is counted. */
export type TenantInNeed = Omit<TenantSummary, "users" | "active" | "groups">;

/** The views of the list of tenants. */
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
  /** Pass it as `after` to get the next page; null on the last. */
  next: string | null;
  /** The number in each view, whatever the text. */
  counts: Record<TenantView, number>;
};

/** A tenant as a field offers it, without counted values. */
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

/** The tenant with the oldest reading, among how many that were read. */
export type OldestRead = { name: string; readAt: Date; tenants: number };

/** The limits on a tenant's plans. Shares are fractions of its active people. */
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
  /** Active people that the licence allows; null while unknown. */
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
    /** Requests a second: the rate found so far, and the operators' limit. */
    rate: number | null;
    rateMax: number | null;
    inFlightMax: number;
    /** An accepted operation that stays unseen for longer gets an explanation. */
    visibleInMinutes: number;
    /** Every sync applies the roster automatically. */
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

/** A tenant's health as workers keep it between two drives. */
export type TenantHealth = {
  state: TenantState;
  reason: CatalogueCode | null;
  reasonAt: Date | null;
  /** Requests a second now, clean minutes included; null means no limit. */
  rate: number | null;
  rateMax: number | null;
  /** Failures of the tenant itself, in a row. */
  failures: number;
  cooldownTo: Date | null;
  /** Also set for a healthy tenant on trial: it refused writes, and has accepted none since. */
  quarantinedAt: Date | null;
  /** Null in quarantine: automatic probes have ended, and a person has to try. */
  probeNextAt: Date | null;
  /** Automatic probes since the quarantine began. */
  probes: number;
  issues: number;
};
