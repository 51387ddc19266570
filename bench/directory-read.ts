import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { readBare } from "@/bench/bare-client";
import { type Row, toDurationRow } from "@/bench/report";
import type { Stack } from "@/bench/stack";
import { median } from "@/bench/statistics";
import { transaction } from "@/lib/db/transaction";
import { connectTenant } from "@/lib/tenants/mutations";

const PEOPLE = 20_000;
const RUNS = 3;
/** The page size that the engine requests (lib/scim/client.ts) and the simulator gives. */
const PAGE_SIZE = 100;
const POLL_MS = 25;
const LIMIT_MS = 120_000;

/**
 * The first full read of a directory, which fills an empty mirror, beside a loop that pages through the same users and
 * discards them. Connecting a tenant requests its first read; the time runs from that request until the read is
 * complete, so it includes the commit.
 */
export async function measureDirectoryRead(stack: Stack): Promise<Row> {
  const values: number[] = [];
  const references: number[] = [];
  await readOnce(stack, 1_000, 0);
  for (let run = 0; run < RUNS; run += 1) {
    const { engineMs, bareMs } = await readOnce(stack, PEOPLE, run);
    values.push(engineMs);
    references.push(bareMs);
  }
  return toDurationRow({
    name: "directory.read",
    value: median(values),
    unit: "ms",
    reference: median(references),
    basis: `median of ${RUNS} reads of ${PEOPLE} people`,
  });
}

/** Runs both on one tenant, and alternates which goes first. */
async function readOnce({ scope, simulator }: Stack, people: number, run: number) {
  const slug = `read-${randomUUID().slice(0, 8)}`;
  const target = await simulator.createTenant({ name: slug, slug, people });
  const engine = async () => {
    const { tenantUrl, token } = target;
    const { tenantId } = await connectTenant(scope, {
      name: slug,
      tenantUrl,
      token,
      domains: [`${slug}.example`],
    });
    return untilRead(scope, tenantId, people);
  };
  const bare = async () => {
    const { tookMs, users } = await readBare(target, PAGE_SIZE);
    if (users !== people) throw new Error(`${users} of ${people} people were read`);
    return tookMs;
  };
  if (run % 2 === 1) return { engineMs: await engine(), bareMs: await bare() };
  return { bareMs: await bare(), engineMs: await engine() };
}

async function untilRead(scope: Stack["scope"], tenantId: string, people: number): Promise<number> {
  const until = Date.now() + LIMIT_MS;
  while (Date.now() < until) {
    const read = await transaction(scope, (tx) => tx.directoryRead.findFirst({ where: { tenantId } }));
    const seenMs = Date.now();
    if (read?.state === "failed") throw new Error(`The read failed: ${read.reason}`);
    if (read?.state === "complete") {
      if (read.users !== people) throw new Error(`${read.users} of ${people} people are in the mirror`);
      return seenMs - read.requestedAt.getTime();
    }
    await wait(POLL_MS);
  }
  throw new Error(`The directory was not read within ${LIMIT_MS / 1_000} s`);
}
