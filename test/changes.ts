import { randomUUID } from "node:crypto";
import type { Scope } from "@/lib/auth/scope";
import { transaction } from "@/lib/db/transaction";
import { getChange } from "@/lib/changes/data";
import type { Intent } from "@/lib/changes/model/intent";
import { applyChange, planChange } from "@/lib/changes/mutations";
import type { PlannedOperation } from "@/lib/changes/model/plan-types";
import { storePlan } from "@/lib/changes/plan/store-plan";
import type { ChangeDetail, OperationRow } from "@/lib/changes/types";
import { enqueue } from "@/lib/queue/enqueue";
import { tenantWorkJob } from "@/lib/tenants/jobs";
import { getTenant } from "@/lib/tenants/data";
import { updateTenant } from "@/lib/tenants/mutations";
import { setRails } from "@/lib/tenants/rails-settings";
import { connectSimulated, type FleetTenant } from "@/test/fleet";
import type { SimulatorSettings } from "@/test/simulator";
import type { Stack } from "@/test/stack";
import { waitFor } from "@/lib/wait-for";

/** Connects a tenant that may be written to and has no rate limit. */
export async function connectFast(
  { owner, simulator }: Stack,
  slug: string,
  settings: Partial<SimulatorSettings> = {},
): Promise<FleetTenant> {
  const tenant = await connectSimulated(owner, simulator, { name: slug, slug, ...settings });
  await setLimits(owner, tenant, { rate: 1_000, inFlightMax: 4 });
  return tenant;
}

export async function setLimits(
  owner: Scope,
  { tenantId, slug, domain }: FleetTenant,
  { archiveHoldMin = 100, ...pace }: { rate: number; inFlightMax: number; archiveHoldMin?: number },
): Promise<void> {
  await updateTenant(owner, { tenantId, name: slug, domains: [domain], visibleInMinutes: 240, ...pace });
  await setRails(owner, { tenantId, reason: "A test needs it", archiveHoldMin });
}

/** Plans an intent and applies the plan unchanged. @returns the change's id */
export async function applyIntent(scope: Scope, intent: Intent): Promise<string> {
  const { changeId } = await planChange(scope, { intent, reason: "A test asks for it", ticket: null });
  const { planHash } = await getChange(scope, { changeId });
  await applyChange(scope, { changeId, planHash });
  return changeId;
}

/** Onboards one person, named after the address's part before the @. */
export function onboard(
  scope: Scope,
  { tenantId, domain }: FleetTenant,
  name: string,
  more: { groups?: string[]; givenName?: string; familyName?: string } = {},
): Promise<string> {
  const { groups = [], givenName = name, familyName = "Ruiz" } = more;
  return applyIntent(scope, {
    kind: "onboard",
    personId: randomUUID(),
    attributes: { givenName, familyName },
    groups,
    accounts: [{ tenantId, userName: `${name}@${domain}` }],
  });
}

/**
 * Queues `count` creates in one run, as applyChange would. An intent names one person, and these tests need many
 * operations.
 */
export async function queueCreates(scope: Scope, tenant: FleetTenant, count: number): Promise<string> {
  const { tenantId } = tenant;
  const operations = Array.from({ length: count }, (_, index) => planCreate(tenant, index));
  const userName = operations[0]?.target ?? "";
  const intent: Intent = {
    kind: "onboard",
    personId: randomUUID(),
    attributes: {},
    groups: [],
    accounts: [{ tenantId, userName }],
  };
  return transaction(scope, async (tx) => {
    const change = { intent, title: `${count} people`, reason: "Many", ticket: null, tenantIds: [tenantId] };
    const plan = { runs: [{ tenantId, refusal: null, operations }] };
    const { changeId } = await storePlan(tx, scope, change, plan);
    await tx.$executeRaw`UPDATE operation SET state = 'queued' WHERE change_id = ${changeId}::uuid`;
    await tx.$executeRaw`UPDATE run SET state = 'queued', queued_at = now() WHERE change_id = ${changeId}::uuid`;
    await tx.$executeRaw`UPDATE change SET state = 'applying', applied_at = now() WHERE id = ${changeId}::uuid`;
    await enqueue(tx, tenantWorkJob, { tenantId });
    return changeId;
  });
}

function planCreate({ domain }: FleetTenant, index: number): PlannedOperation {
  const userName = `person.${index}@${domain}`;
  return {
    key: `person:${index}`,
    kind: "create",
    state: "planned",
    reason: null,
    target: userName,
    label: userName,
    resourceKey: `user:${userName}`,
    resourceId: null,
    intent: { kind: "create", values: { userName, givenName: "Person", familyName: `Number ${index}` } },
    diff: [],
    why: "",
    risks: [],
    dependsOn: [],
  };
}

/** Waits until the change has one of the standings, and returns it. */
export async function untilStanding(
  scope: Scope,
  changeId: string,
  ...standings: ChangeDetail["standing"][]
): Promise<ChangeDetail> {
  let change = await getChange(scope, { changeId });
  await waitFor(
    async () => {
      change = await getChange(scope, { changeId });
      return standings.includes(change.standing);
    },
    `the change to be ${standings.join(" or ")}`,
  );
  return change;
}

/** Waits until the tenant's row passes the test. */
export function untilTenant(
  scope: Scope,
  { tenantId, slug }: FleetTenant,
  isRight: (tenant: Awaited<ReturnType<typeof getTenant>>) => boolean,
  what: string,
): Promise<void> {
  return waitFor(async () => isRight(await getTenant(scope, { tenantId })), `${slug} ${what}`);
}

export function operationsOf(change: ChangeDetail): OperationRow[] {
  return change.runs.flatMap(({ operations }) => operations);
}

/** The result of each operation, in plan order: `["create", "confirmed"]`. */
export function outcomesOf(change: ChangeDetail): [string, string, string | null][] {
  return operationsOf(change).map(({ kind, state, reason }) => [kind, state, reason]);
}

export type SimulatorStats = {
  requestsTotal: number;
  requests: Record<string, number>;
  statuses: Record<string, number>;
  createsAccepted: number;
  duplicateCreates: Record<string, number>;
  conflicts: number;
  inFlightMax: number;
};

export function statsOf({ simulator }: Stack, { slug }: FleetTenant): Promise<SimulatorStats> {
  return simulator.control("GET", `/tenants/${slug}/stats`);
}

export async function setFaults(
  { simulator }: Stack,
  { slug }: FleetTenant,
  faults: object[],
): Promise<void> {
  await simulator.control("PUT", `/tenants/${slug}/faults`, faults);
}
