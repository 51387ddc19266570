import { randomBytes, timingSafeEqual } from "node:crypto";
import type { ActiveFault } from "./faults";
import {
  type ConsoleGroup,
  type ConsoleUser,
  type MailboxGroup,
  type MailboxUser,
  userNameOf,
} from "./records";
import { Shelf } from "./shelf";
import { newStats, type Stats } from "./stats";
import type { Sync } from "./sync-record";

/** One KnowBe4 account: the SCIM mailbox, the console beside it, and the settings of both. */
export interface Tenant {
  slug: string;
  settings: TenantSettings;
  /** Null once revoked. Held in clear text: this is a simulator, and its tokens open nothing else. */
  token: string | null;
  mailbox: { users: Shelf<MailboxUser>; groups: Shelf<MailboxGroup> };
  console: { users: Shelf<ConsoleUser>; groups: Shelf<ConsoleGroup> };
  /** Ids written over SCIM since the last sync applied them to the console. */
  touched: Touched;
  /** Newest last. */
  syncs: Sync[];
  syncCount: number;
  /** Created by a write; it waits for the timer or for Force Sync Now. */
  pending: Sync | null;
  running: { sync: Sync; carried: Touched; done: Promise<Sync> } | null;
  /** The first sync outside Test Mode drops every alias, once. */
  areAliasesStripped: boolean;
  faults: ActiveFault[];
  stats: Stats;
  timer: NodeJS.Timeout | null;
}

export interface Touched {
  users: Set<string>;
  groups: Set<string>;
}

export interface TenantSettings {
  name: string;
  /** Lower case. The first one is used for seeded people. */
  domains: string[];
  /** Whether a sync refuses addresses outside `domains`. */
  domainsEnforced: boolean;
  /** How many active people the console may hold; null = no limit. */
  seats: number | null;
  testMode: boolean;
  /** 0 = only Force Sync Now. */
  syncEverySeconds: number;
  processingMs: number;
  /** The source of SCIM reads: the console's current records, or those the mailbox has accepted. */
  reads: "console" | "mailbox";
  /** Delay before each SCIM answer. */
  latencyMs: number;
  /** The most resources in one list answer, whatever `count` asks for. */
  pageSizeMax: number;
  /** Whether a 409 carries scimType "uniqueness" (RFC 7644, 3.3); real servers often leave it out. */
  conflictScimType: boolean;
}

export function newTenant(slug: string, settings: TenantSettings): Tenant {
  return {
    slug,
    settings,
    token: newToken(),
    mailbox: {
      users: new Shelf((user) => userNameOf(user.resource)),
      groups: new Shelf((group) => group.displayName),
    },
    console: {
      users: new Shelf((user) => userNameOf(user.resource)),
      groups: new Shelf((group) => group.displayName),
    },
    touched: newTouched(),
    syncs: [],
    syncCount: 0,
    pending: null,
    running: null,
    areAliasesStripped: false,
    faults: [],
    stats: newStats(),
    timer: null,
  };
}

export function newTouched(): Touched {
  return { users: new Set(), groups: new Set() };
}

export function newToken(): string {
  return `kb4sim_${randomBytes(32).toString("base64url")}`;
}

/**
 * Whether an Authorization header opens the tenant. Takes the same time at whichever character the two tokens differ.
 */
export function isAuthorized(tenant: Tenant, header: string | undefined): boolean {
  if (tenant.token === null || header === undefined) return false;
  const expected = Buffer.from(`Bearer ${tenant.token}`);
  const received = Buffer.from(header.replace(/^bearer /i, "Bearer "));
  return received.length === expected.length && timingSafeEqual(received, expected);
}

/** The number of taken seats: one for each unarchived person in the console. */
export function countSeatsUsed(tenant: Tenant): number {
  let used = 0;
  for (const user of tenant.console.users.byId.values()) {
    if (user.archivedMs === null) used += 1;
  }
  return used;
}

/** Stops the tenant's timer; a Processing sync continues. */
export function stopTimer(tenant: Tenant): void {
  if (tenant.timer !== null) clearInterval(tenant.timer);
  tenant.timer = null;
}
