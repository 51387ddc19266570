import type { ClaimedOperation } from "@/lib/engine/run/claimed-operation";
import type { CatalogueCode } from "@/lib/knowbe4/catalogue";
import type { ScimExchange } from "@/lib/scim/exchange";

/** The result of one claimed operation. */
export type OperationResult = {
  operation: ClaimedOperation;
  state: "accepted" | "failed" | "skipped" | "queued" | "unknown";
  resourceId: string | null;
  reason: CatalogueCode | null;
  detail: string | null;
  /** Attributes that the tenant refused although it accepted the rest. */
  notTaken?: readonly string[];
  /** For queued and unknown: the delay before the next try. */
  delayMs: number;
  /** The try does not count towards the limit of failures. */
  uncounted: boolean;
  exchanges: ScimExchange[];
};
