import { randomUUID } from "node:crypto";
import type { Scope } from "@/lib/auth/scope";
import { transaction } from "@/lib/db/transaction";
import type { AttributeValues } from "@/lib/knowbe4/attributes";
import { toFieldDifferences } from "@/lib/changes/plan/diff";
import type { PlannedOperation } from "@/lib/changes/model/plan-types";
import { toUserOperation } from "@/lib/changes/plan/planned-operation";
import { type NewChange, storePlan } from "@/lib/changes/plan/store-plan";
import { enqueue } from "@/lib/queue/enqueue";
import { tenantWorkJob } from "@/lib/tenants/jobs";

const TIMEOUT_MS = 300_000;

/** People to be created in one tenant. */
export type Creates = { tenantId: string; people: readonly AttributeValues[] };

/**
 * One change that creates many people in each of its tenants: stored as planChange stores a plan, queued as applyChange
 * queues it. Neither is called, because an intent names one person and so its plan has one create a tenant.
 * @returns the change's id
 */
export async function queueCreates(scope: Scope, creates: readonly Creates[]): Promise<string> {
  const tenantIds = creates.map(({ tenantId }) => tenantId);
  const count = creates.reduce((sum, { people }) => sum + people.length, 0);
  const change: NewChange = {
    intent: {
      kind: "onboard",
      personId: randomUUID(),
      attributes: {},
      groups: [],
      accounts: creates.map(({ tenantId, people }) => ({ tenantId, userName: people[0]?.userName ?? "" })),
    },
    title: `Onboard ${count} people`,
    reason: "Measures the engine",
    ticket: null,
    tenantIds,
  };
  const plan = {
    runs: creates.map(({ tenantId, people }) => ({
      tenantId,
      refusal: null,
      operations: people.map(toCreate),
    })),
  };
  return transaction(
    scope,
    async (tx) => {
      const { changeId } = await storePlan(tx, scope, change, plan);
      await tx.$executeRaw`
        UPDATE operation SET state = 'queued', next_at = now() WHERE change_id = ${changeId}::uuid`;
      await tx.$executeRaw`
        UPDATE run SET state = 'queued', queued_at = now(), next_at = now() WHERE change_id = ${changeId}::uuid`;
      await tx.$executeRaw`
        UPDATE change SET state = 'applying', applied_at = now() WHERE id = ${changeId}::uuid`;
      for (const tenantId of tenantIds) await enqueue(tx, tenantWorkJob, { tenantId });
      return changeId;
    },
    { timeoutMs: TIMEOUT_MS },
  );
}

function toCreate(values: AttributeValues): PlannedOperation {
  return toUserOperation(values.userName ?? "", {
    key: values.userName ?? "",
    intent: { kind: "create", values },
    label: values.displayName ?? "",
    diff: toFieldDifferences(values, {}),
    why: "Not in this tenant's directory",
    risks: ["may-enrol"],
  });
}
