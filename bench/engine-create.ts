import { randomUUID } from "node:crypto";
import { createBare } from "@/bench/bare-client";
import { makePeople } from "@/bench/people";
import { queueCreates } from "@/bench/queue-creates";
import { type Row, toThroughputRow } from "@/bench/report";
import type { Stack } from "@/bench/stack";
import { median } from "@/bench/statistics";
import { transaction } from "@/lib/db/transaction";
import { waitFor } from "@/lib/wait-for";
import { connectSimulated, type FleetTenant } from "@/test/fleet";

export type CreateOptions = {
  name: string;
  /** The simulated tenant's response time. */
  latencyMs: number;
  /** People created in one run. */
  operations: number;
  runs: number;
};

const IN_FLIGHT_MAX = 16;
const WARM_UP = 2_000;

/**
 * The throughput of one tenant's run, beside a loop that sends only the same requests. The engine's time is from the
 * run's started_at to its finished_at, so it includes opening the token, claims, results, attempts and events.
 * Measuring from the first create to the last would leave out both ends and flatter the engine.
 */
export async function measureCreates(stack: Stack, options: CreateOptions): Promise<Row> {
  const { name, runs, operations } = options;
  await measureOnce(stack, { ...options, operations: WARM_UP }, 0);
  const values: number[] = [];
  const references: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const { engineMs, bareMs } = await measureOnce(stack, options, run);
    values.push(operations / (engineMs / 1_000));
    references.push(operations / (bareMs / 1_000));
  }
  return toThroughputRow({
    name,
    value: median(values),
    unit: "creates/s",
    reference: median(references),
    basis: `median of ${runs} runs of ${operations}`,
  });
}

/** Runs one after the other and alternates which goes first: a machine that slows down then slows both. */
async function measureOnce(stack: Stack, { latencyMs, operations }: CreateOptions, run: number) {
  const bare = async () => {
    const slug = newSlug();
    const target = await stack.simulator.createTenant({ name: slug, slug, latencyMs });
    return createBare(target, makePeople(operations, `${slug}.example`), IN_FLIGHT_MAX);
  };
  const engine = () => createByEngine(stack, operations, latencyMs);
  if (run % 2 === 1) return { engineMs: await engine(), bareMs: await bare() };
  return { bareMs: await bare(), engineMs: await engine() };
}

async function createByEngine(stack: Stack, operations: number, latencyMs: number): Promise<number> {
  const { scope, simulator } = stack;
  const tenant = await connectUnlimited(stack, latencyMs);
  const changeId = await queueCreates(scope, [
    { tenantId: tenant.tenantId, people: makePeople(operations, tenant.domain) },
  ]);
  const ended = await untilEnded(stack, changeId, operations);
  const { createsAccepted } = await simulator.control<{ createsAccepted: number }>(
    "GET",
    `/tenants/${tenant.slug}/stats`,
  );
  if (createsAccepted !== operations) throw new Error(`${createsAccepted} of ${operations} were created`);
  // Reading back begins when the run has ended. It is not part of the figure and must not slow down the next run.
  await waitFor(
    async () => (await countUnconfirmed(stack, changeId)) === 0,
    "the creates to be seen",
    120_000,
  );
  return ended;
}

/** Writes are visible at once, so that the worker soon has nothing left to do there. */
async function connectUnlimited({ scope, simulator }: Stack, latencyMs: number): Promise<FleetTenant> {
  const slug = newSlug();
  const tenant = await connectSimulated(scope, simulator, { name: slug, slug, latencyMs, reads: "mailbox" });
  await transaction(scope, (tx) =>
    tx.tenant.updateMany({
      where: { id: tenant.tenantId },
      data: { rate: null, inFlightMax: IN_FLIGHT_MAX },
    }),
  );
  return tenant;
}

/** @returns the duration of the run */
async function untilEnded({ scope }: Stack, changeId: string, operations: number): Promise<number> {
  const findRun = () => transaction(scope, (tx) => tx.run.findFirst({ where: { changeId } }));
  const hasEnded = async () => Boolean((await findRun())?.finishedAt);
  await waitFor(hasEnded, `a run of ${operations} creates`, 120_000);
  const run = await findRun();
  if (run?.state !== "done" || !run.startedAt || !run.finishedAt) throw new Error(`The run is ${run?.state}`);
  return run.finishedAt.getTime() - run.startedAt.getTime();
}

function countUnconfirmed({ scope }: Stack, changeId: string): Promise<number> {
  return transaction(scope, (tx) => tx.operation.count({ where: { changeId, state: "accepted" } }));
}

function newSlug(): string {
  return `create-${randomUUID().slice(0, 8)}`;
}
