import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { promisify } from "node:util";
import { makePeople } from "@/bench/people";
import { queueCreates } from "@/bench/queue-creates";
import { type Row, toDurationRow } from "@/bench/report";
import type { Stack } from "@/bench/stack";
import { transaction } from "@/lib/db/transaction";
import { connectSimulated } from "@/test/fleet";
import { waitFor } from "@/lib/wait-for";

const OPERATIONS = 200_000;
const IN_FLIGHT_MAX = 16;
/** How long the run is measured. Measuring all of it would take minutes and show the same. */
const WATCH_MS = 60_000;
const SAMPLE_MS = 500;

/** The memory limit, and the longest wait that is acceptable after a crash. */
const RSS_MAX_MB = 300;
const RESUME_MAX_S = 15;

/**
 * One run of 200,000 creates: the worker's peak memory in its first minute, beside its limit; and the time from a kill
 * -9 and a restart until the next create arrives at the tenant, beside its limit. The run does not finish, so measure
 * nothing after it.
 */
export async function measureLargeRun(stack: Stack): Promise<Row[]> {
  const { slug, tenantId, domain } = await connectUnlimited(stack);
  const { simulator, worker } = stack;
  const countCreates = async () =>
    (await simulator.control<{ createsAccepted: number }>("GET", `/tenants/${slug}/stats`)).createsAccepted;
  await queueCreates(stack.scope, [{ tenantId, people: makePeople(OPERATIONS, domain) }]);
  await waitFor(async () => (await countCreates()) > 0, "the run to begin");
  const rssMb = await watchMemory(worker.pid());
  const sent = await countCreates();
  if (sent >= OPERATIONS) throw new Error("The run ended before its worker could be killed");
  const resumeS = await killAndResume(stack, countCreates);
  return [
    toDurationRow({
      name: "run.200k.rss",
      value: Math.max(...rssMb),
      unit: "MB",
      reference: RSS_MAX_MB,
      basis: `most in ${WATCH_MS / 1_000} s and ${sent} creates of ${OPERATIONS}; ${rssMb[0]?.toFixed(0)} at first`,
    }),
    toDurationRow({
      name: "run.200k.resume",
      value: resumeS,
      unit: "s",
      reference: RESUME_MAX_S,
      basis: "from the restart after kill -9 to the next create",
    }),
  ];
}

async function connectUnlimited({ scope, simulator }: Stack) {
  const slug = `large-${randomUUID().slice(0, 8)}`;
  const tenant = await connectSimulated(scope, simulator, { name: slug, slug, reads: "mailbox" });
  const data = { rate: null, rateMax: null, inFlightMax: IN_FLIGHT_MAX };
  await transaction(scope, (tx) => tx.tenant.updateMany({ where: { id: tenant.tenantId }, data }));
  return tenant;
}

async function watchMemory(pid: number): Promise<number[]> {
  const samples: number[] = [];
  for (const until = Date.now() + WATCH_MS; Date.now() < until; await wait(SAMPLE_MS)) {
    samples.push(await readRssMb(pid));
  }
  return samples;
}

/** The process's memory according to the system; POSIX `ps` gives it in KiB. */
async function readRssMb(pid: number): Promise<number> {
  const { stdout } = await promisify(execFile)("ps", ["-o", "rss=", "-p", String(pid)]);
  return Number(stdout) / 1_024;
}

async function killAndResume({ worker }: Stack, countCreates: () => Promise<number>): Promise<number> {
  await worker.kill();
  const before = await countCreates();
  const restartedMs = performance.now();
  await worker.start();
  while ((await countCreates()) === before) await wait(50);
  return (performance.now() - restartedMs) / 1_000;
}
