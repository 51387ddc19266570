import { setTimeout as wait } from "node:timers/promises";
import { connectFast, queueCreates, statsOf } from "@/test/changes";
import { type ClusterStack, startClusterStack } from "@/test/cluster-stack";
import { getChange } from "@/lib/changes/data";
import type { FleetTenant } from "@/test/fleet";
import type { WorkerProcess } from "@/test/worker-process";

/**
 * `npm run chaos [-- operations]`: creates people in four tenants while workers are killed with -9 and frozen past
 * their lease, and the database crashes six times. Exits with 1 unless everybody was created exactly once. Too long for
 * every test run; its parts are tests of worker/.
 */
const TENANTS = 4;
const WORKERS = 3;

/** Crashes of the database, spread over the run by the number of people created. */
const CRASHES = 6;

/** Longer than the lease, so that a frozen worker wakes as a zombie. */
const FROZEN_MS = 14_000;

/** No 429: each halves the rate, and a run of thousands would end at one request in five seconds. */
const faults = [
  { kind: "500", probability: 0.01 },
  { kind: "cut-after-commit", probability: 0.02 },
];

type Interventions = { kills: number; freezes: number; crashes: number };

async function main(operations: number): Promise<number> {
  const stack = await startClusterStack();
  try {
    const tenants: FleetTenant[] = [];
    for (let index = 0; index < TENANTS; index += 1)
      tenants.push(await connectFast(stack, `chaos-${index}`, { reads: "mailbox", latencyMs: 40 }));
    for (const { slug } of tenants)
      await stack.simulator.control("PUT", `/tenants/${slug}/faults`, faults.map(toWriteFault));
    const changes = await Promise.all(
      tenants.map((tenant) => queueCreates(stack.owner, tenant, operations / TENANTS)),
    );
    const interventions = await harass(stack, tenants, changes, operations);
    return await judge(stack, tenants, changes, interventions);
  } finally {
    await stack.close();
  }
}

function toWriteFault(fault: object): object {
  return { ...fault, match: { method: "POST" } };
}

async function harass(
  stack: ClusterStack,
  tenants: readonly FleetTenant[],
  changes: readonly string[],
  operations: number,
): Promise<Interventions> {
  const [crashes, interventions] = await Promise.all([
    crash(stack, tenants, operations),
    harassWorkers(stack, changes),
  ]);
  return { ...interventions, crashes };
}

async function crash(
  stack: ClusterStack,
  tenants: readonly FleetTenant[],
  operations: number,
): Promise<number> {
  for (let crashes = 1; crashes <= CRASHES; crashes += 1) {
    while ((await countCreated(stack, tenants)) < (operations * crashes) / (CRASHES + 1)) await wait(100);
    await stack.cluster.restart("immediate");
  }
  return CRASHES;
}

async function countCreated(stack: ClusterStack, tenants: readonly FleetTenant[]): Promise<number> {
  const stats = await Promise.all(tenants.map((tenant) => statsOf(stack, tenant)));
  return stats.reduce((total, { createsAccepted }) => total + createsAccepted, 0);
}

async function harassWorkers(
  stack: ClusterStack,
  changes: readonly string[],
): Promise<Omit<Interventions, "crashes">> {
  const interventions = { kills: 0, freezes: 0 };
  const workers: WorkerProcess[] = [stack.worker];
  while (workers.length < WORKERS) workers.push(await startWorker(stack));
  while (!(await isOver(stack, changes))) {
    await wait(2_000 + Math.random() * 3_000);
    const victim = Math.floor(Math.random() * workers.length);
    if (Math.random() < 0.75) {
      await workers[victim]?.kill();
      workers[victim] = await startWorker(stack);
      interventions.kills += 1;
    } else {
      const frozen = workers[victim];
      frozen?.signal("SIGSTOP");
      void wait(FROZEN_MS).then(() => frozen?.signal("SIGCONT"));
      interventions.freezes += 1;
    }
  }
  return interventions;
}

/** A worker that starts while the database is down exits at once, so it is started again. */
async function startWorker(stack: ClusterStack): Promise<WorkerProcess> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await stack.startWorker();
    } catch (error) {
      if (tries === 5) throw error;
    }
  }
}

async function isOver(stack: ClusterStack, changes: readonly string[]): Promise<boolean> {
  const standings = await Promise.all(changes.map((changeId) => findStanding(stack, changeId)));
  return standings.every((standing) => standing === "confirmed" || standing === "failed");
}

/** Null while the database is down. */
function findStanding(stack: ClusterStack, changeId: string): Promise<string | null> {
  return getChange(stack.owner, { changeId }).then(
    ({ standing }) => standing,
    () => null,
  );
}

async function judge(
  stack: ClusterStack,
  tenants: readonly FleetTenant[],
  changes: readonly string[],
  interventions: Interventions,
): Promise<number> {
  const stats = await Promise.all(tenants.map((tenant) => statsOf(stack, tenant)));
  const counts = await Promise.all(
    changes.map((changeId) => getChange(stack.owner, { changeId }).then((change) => change.counts)),
  );
  const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);
  const ids = await stack.rows<{ ids: number }>(
    "SELECT count(DISTINCT (tenant_id, resource_id))::int AS ids FROM operation WHERE kind = 'create'",
  );
  const report = {
    ...interventions,
    created: sum(stats.map(({ createsAccepted }) => createsAccepted)),
    confirmed: sum(counts.map(({ confirmed }) => confirmed)),
    failed: sum(counts.map(({ failed }) => failed)),
    distinctIds: ids[0]?.ids ?? 0,
    duplicates: sum(stats.map(({ duplicateCreates }) => Object.keys(duplicateCreates).length)),
    conflicts: sum(stats.map(({ conflicts }) => conflicts)),
    inFlightMax: Math.max(...stats.map(({ inFlightMax }) => inFlightMax)),
  };
  process.stdout.write(`${JSON.stringify(report)}\n`);
  const isOnce = report.created === report.confirmed && report.distinctIds === report.created;
  return isOnce && report.failed === 0 && report.duplicates === 0 ? 0 : 1;
}

process.exit(await main(Number(process.argv[2] ?? "6000")));
