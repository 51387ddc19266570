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

export type TenantDetail = TenantSummary & {
  tenantUrl: string;
  connectedAt: Date;
  disconnectedAt: Date | null;
  probe: ProbeResult | null;
  probedAt: Date | null;
  rate: number | null;
  inFlightMax: number;
  archiveHoldMin: number;
  archiveHoldShare: number;
  credential: {
    version: number;
    createdAt: Date;
    createdBy: string;
    usedAt: Date | null;
    rejectedAt: Date | null;
  } | null;
};
