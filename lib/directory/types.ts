import type { AttributeValues } from "@/lib/knowbe4/attributes";

/** A person in one tenant, as the last full read showed them. */
export type Account = {
  tenantId: string;
  tenantName: string;
  resourceId: string;
  userName: string;
  displayName: string;
  active: boolean;
  attributes: AttributeValues;
  groups: string[];
  /** The last look at it, by itself or in a full read. */
  seenAt: Date;
};

export type AccountRow = Omit<Account, "attributes" | "groups" | "seenAt"> & {
  title: string | null;
  department: string | null;
};

export type AccountPage = {
  rows: AccountRow[];
  /** Pass it as `after` to get the next page; null on the last. */
  next: string | null;
  /** Tenants that have no full read or whose last read failed: the list may lack their people. */
  incomplete: { tenantId: string; tenantName: string; readAt: Date | null }[];
};

export type GroupRow = { tenantId: string; resourceId: string; displayName: string; members: number };

export type ReadRow = {
  id: string;
  state: "queued" | "running" | "complete" | "failed";
  reason: string | null;
  requestedBy: string;
  requestedAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
  users: number;
  active: number;
  groups: number;
  memberships: number;
  added: number;
  changed: number;
  removed: number;
};

/**
 * One human across tenants: accounts that share an address or an external id. Derived on every read, never stored.
 */
export type Person = {
  name: string;
  accounts: Account[] /** Others of the same name: perhaps the same human. */;
  namesakes: Account[];
};
