import { type AppErrorCode, toSentences } from "@/lib/errors";
import { tenantCan } from "@/lib/tenants/tenant-can";
import type { TenantMode, TenantState } from "@/lib/tenants/types";

export type GateFacts = {
  name: string;
  state: TenantState;
  readId: string | null;
  adoptedAt: Date | null;
  testMode: boolean | null;
  absent: number;
  /** Another tenant that Rollcall writes to is the same KnowBe4 account. */
  isWrittenElsewhere: boolean;
};

/** The number of absences that the owner acknowledged, and the tenant's name as they typed it. */
export type Signature = { absent?: number; name?: string };

type Refusal = { code: AppErrorCode; field: "mode" | "absent" | "testMode" | "name"; message: string };

/**
 * The cut-over gate: returns the first requirement that is missing before Rollcall may write to a tenant.
 * @param tenant its state in this transaction; `absent` is counted in it
 */
export function refuseCutOver(tenant: GateFacts, given: Signature): Refusal | null {
  const why = tenantCan.cutOver.whyNot({ ...tenant, hasRead: tenant.readId !== null });
  if (why) return toConflict("mode", toSentences(why));
  if (tenant.isWrittenElsewhere) {
    return toConflict(
      "mode",
      "Another tenant in Rollcall already writes to this KnowBe4 account: it has the same Tenant URL, and the same token or the same people. The mode was not changed, because two rosters would archive each other's people. Use that tenant, or set it to observe first.",
    );
  }
  if (given.absent !== tenant.absent) {
    return toConflict(
      "absent",
      `KnowBe4 would archive ${tenant.absent.toLocaleString("en-GB")} active people by absence, and that number was not confirmed. The mode was not changed. Review the people and confirm the number.`,
    );
  }
  if (tenant.testMode === null) {
    return {
      code: "invalid",
      field: "testMode",
      message:
        "You did not say whether Test Mode is on. The mode was not changed. Look it up in the KnowBe4 console and choose On or Off.",
    };
  }
  if (given.name !== tenant.name) {
    return {
      code: "invalid",
      field: "name",
      message:
        "The name does not match this tenant's. The mode was not changed. Type it as the top of the page shows it.",
    };
  }
  return null;
}

function toConflict(field: Refusal["field"], message: string): Refusal {
  return { code: "conflict", field, message };
}

const closeness: Record<TenantMode, number> = { observe: 0, mixed: 1, source: 2 };

/** Whether a new mode brings Rollcall closer to being the tenant's source; the gate guards those steps. */
export function isCutOver(from: TenantMode, to: TenantMode): boolean {
  return closeness[to] > closeness[from];
}
