import type { OperationKind } from "@/lib/changes/model/plan-types";
import type { StoredIntent } from "@/lib/changes/model/stored-intent";

export type ClaimedOperation = {
  id: string;
  changeId: string;
  tenantId: string;
  kind: OperationKind;
  target: string;
  label: string;
  resourceKey: string;
  resourceId: string | null;
  intent: StoredIntent;
  attempt: number;
  /** Since it was first claimed, in ms. */
  openMs: number;
  /** An earlier send may have taken effect: read before sending again. */
  unsettled: boolean;
  dependsOn: string[];
};
