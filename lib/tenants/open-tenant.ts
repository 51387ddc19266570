import type { CatalogueCode } from "@/lib/knowbe4/catalogue";
import type { KnowBe4Client } from "@/lib/knowbe4/client";
import type { ScimClient } from "@/lib/scim/client";
import type { RestoredHealth } from "@/lib/tenants/health";

/** A tenant with its token opened for one piece of work. Nothing in it exposes the token. */
export type OpenTenant = {
  tenantId: string;
  scim: ScimClient;
  client: KnowBe4Client;
  /** Requests a second; null means no limit. */
  rate: number | null;
  /** The limit that operators set for the rate. */
  rateMax: number | null;
  inFlightMax: number;
  /** Failures in a row before this work began. */
  failures: number;
  /** The health record of its last answers. */
  record: RestoredHealth;
  close(): Promise<void>;
};

/** The tenant cannot be opened: no token, or one that this worker's key does not open. */
export class TenantClosedError extends Error {
  readonly reason: CatalogueCode;

  constructor(reason: CatalogueCode) {
    super(`The tenant cannot be opened: ${reason}`);
    this.name = "TenantClosedError";
    this.reason = reason;
  }
}
