import type { AttributeKey } from "@/lib/knowbe4/attributes";
import type { CatalogueCode } from "@/lib/knowbe4/catalogue";

/** The result for an operation after the tenant answered: done (with its resource), or refused for good. */
export type Finding =
  | {
      state: "accepted";
      resourceId: string | null;
      reason?: CatalogueCode;
      detail?: string;
      /** Attributes that the tenant refused although it accepted the rest. */
      notTaken?: readonly AttributeKey[];
    }
  | { state: "failed" | "skipped"; reason: CatalogueCode; detail?: string }
  /** Nothing was sent: the operation needs an id that the tenant has not shown yet. */
  | { state: "waiting"; reason: CatalogueCode; detail: string };
