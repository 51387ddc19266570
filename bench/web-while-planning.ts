import { setTimeout as wait } from "node:timers/promises";
import { addLargeImport, type LargeImport } from "@/bench/large-import";
import { type Row, toDurationRow } from "@/bench/report";
import { createServices, type SignedInWeb, startSignedInWeb } from "@/bench/signed-in-web";
import type { Stack } from "@/bench/stack";
import { percentile } from "@/bench/statistics";
import { getChange } from "@/lib/changes/data";
import { discardPlan, planChange } from "@/lib/changes/mutations";

const PEOPLE = 100_000;
const ROUNDS = 3;

/**
 * Requests of other people: one begins every so many milliseconds, however long those before it take. More of them than the
 * machine can serve would queue until the web's connections run out, and a page would answer 500 (Prisma's P2028).
 */
const APART_MS = 250;
const IDLE_REQUESTS = 100;
const WARM_UP = 40;
const PATHS = ["/changes", "/tenants", "/audit", "/api/fleet"];

/**
 * Measures how long other requests of the web process take while a worker makes a plan of 100,000 lines, from its request
 * until it is ready, beside the same requests while nothing is done.
 * @throws Error when the plan has other lines than the file
 */
export async function measureWebWhilePlanning(stack: Stack): Promise<Row[]> {
  const file = await addLargeImport(stack.database.ownerUrl, PEOPLE);
  const { supervisor, failed, stop } = createServices();
  try {
    const web = await startSignedInWeb(supervisor, stack);
    const { idleMs, busyMs, plannedMs } = await Promise.race([measureRounds(stack, web, file), failed]);
    const seconds = (percentile(plannedMs, 50) / 1_000).toFixed(1);
    return [
      toDurationRow({
        name: "web.while.planning",
        value: percentile(busyMs, 95),
        unit: "ms",
        reference: percentile(idleMs, 95),
        basis: `p95 of ${busyMs.length} requests beside ${idleMs.length}; ${ROUNDS} plans of ${PEOPLE.toLocaleString("en-GB")} lines in ${seconds} s each`,
      }),
    ];
  } finally {
    await stop();
  }
}

async function measureRounds(stack: Stack, web: SignedInWeb, file: LargeImport) {
  // One after another: what is asked first compiles and opens connections.
  for (let asked = 0; asked < WARM_UP; asked += 1) await ask(web, PATHS[asked % PATHS.length] ?? "/changes");
  const idleMs: number[] = [];
  const busyMs: number[] = [];
  const plannedMs: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    idleMs.push(...(await askMany(web, countdown(IDLE_REQUESTS))));
    const planning = plan(stack, file);
    busyMs.push(...(await askMany(web, () => !planning.isDone())));
    const { changeId, tookMs } = await planning.ended;
    plannedMs.push(tookMs);
    // An import has one unfinished change.
    await discardPlan(stack.scope, { changeId });
  }
  return { idleMs, busyMs, plannedMs };
}

function plan(
  { scope }: Stack,
  { importId, tenantId }: LargeImport,
): { isDone: () => boolean; ended: Promise<{ changeId: string; tookMs: number }> } {
  let isDone = false;
  async function untilPlanned() {
    const startedMs = performance.now();
    const intent = { kind: "import" as const, importId, tenantIds: [tenantId] };
    const { changeId } = await planChange(scope, { intent, reason: "Measures planning", ticket: null });
    for (;;) {
      const change = await getChange(scope, { changeId });
      if (change.task?.refusal) throw new Error(change.task.refusal);
      if (change.state === "ready" && change.counts.planned === PEOPLE)
        return { changeId, tookMs: performance.now() - startedMs };
      if (change.state !== "planning") throw new Error(`The plan has ${change.counts.planned} lines`);
      await wait(250);
    }
  }
  const ended = untilPlanned().finally(() => {
    isDone = true;
  });
  ended.catch(() => undefined);
  return { isDone: () => isDone, ended };
}

/** @returns how long each request took, in milliseconds */
async function askMany(web: SignedInWeb, goesOn: () => boolean): Promise<number[]> {
  const asked: Promise<number>[] = [];
  while (goesOn()) {
    const request = ask(web, PATHS[asked.length % PATHS.length] ?? "/changes");
    // Promise.all reports a failure below; until then nobody listens.
    request.catch(() => undefined);
    asked.push(request);
    await wait(APART_MS);
  }
  return Promise.all(asked);
}

/** @returns how long the last byte of the answer took */
async function ask({ origin, cookie }: SignedInWeb, path: string): Promise<number> {
  const startedMs = performance.now();
  const response = await fetch(`${origin}${path}`, { headers: { cookie }, redirect: "manual" });
  await response.arrayBuffer();
  if (response.status !== 200) throw new Error(`${path} answered ${response.status}`);
  return performance.now() - startedMs;
}

function countdown(count: number): () => boolean {
  let left = count;
  return () => left-- > 0;
}
