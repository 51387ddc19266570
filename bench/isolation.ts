import { connectFleet, RATE } from "@/bench/fleet";
import { makePeople } from "@/bench/people";
import { queueCreates } from "@/bench/queue-creates";
import { type Row, toDurationRow } from "@/bench/report";
import type { Stack } from "@/bench/stack";
import { median } from "@/bench/statistics";
import { untilRunsEnded } from "@/bench/until-runs-ended";
import { disconnectTenant } from "@/lib/tenants/mutations";
import type { FleetTenant } from "@/test/fleet";

export type IsolationOptions = { name: string; others: number; operations: number; rounds: number };

/**
 * How long a change takes in the others while one tenant hangs and one answers everything with an error, beside the
 * same fleet with all of them well. Rounds take turns, and each creates people of its own.
 */
export async function measureIsolation(stack: Stack, options: IsolationOptions): Promise<Row> {
  const { name, others: count, operations, rounds } = options;
  const [hanging, failing, ...others] = await connectFleet(stack, count + 2);
  if (!hanging || !failing) throw new Error("There are no tenants");
  const well: number[] = [];
  const troubled: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const share = { first: 2 * round * operations, operations };
    well.push(await runOnce(stack, others, [hanging, failing], share));
    await setFault(stack, hanging, [{ kind: "hang" }]);
    await setFault(stack, failing, [{ kind: "500" }]);
    const next = { first: share.first + operations, operations };
    troubled.push(await runOnce(stack, others, [hanging, failing], next));
    if (round < rounds - 1) for (const tenant of [hanging, failing]) await setFault(stack, tenant, []);
  }
  // What they still owe would be tried again beside whatever is measured next.
  for (const { tenantId, slug } of [hanging, failing]) {
    await disconnectTenant(stack.scope, { tenantId, name: slug, reason: "The measurement is over" });
  }
  return toDurationRow({
    name,
    value: median(troubled),
    unit: "s",
    reference: median(well),
    basis: `${count} tenants with ${operations} at ${RATE}/s, median of ${rounds} changes`,
  });
}

/** @returns how long the others took, in seconds */
async function runOnce(
  stack: Stack,
  others: readonly FleetTenant[],
  beside: readonly FleetTenant[],
  { first, operations }: { first: number; operations: number },
): Promise<number> {
  const changeId = await queueCreates(
    stack.scope,
    [...others, ...beside].map(({ tenantId, domain }) => ({
      tenantId,
      people: makePeople(first + operations, domain).slice(first),
    })),
  );
  const startedAt = new Date();
  const endedAt = await untilRunsEnded(
    stack,
    changeId,
    others.map(({ tenantId }) => tenantId),
  );
  return (endedAt.getTime() - startedAt.getTime()) / 1_000;
}

async function setFault(
  { simulator }: Stack,
  { slug }: FleetTenant,
  faults: readonly object[],
): Promise<void> {
  await simulator.control("PUT", `/tenants/${slug}/faults`, faults);
}
