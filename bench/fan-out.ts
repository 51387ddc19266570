import { connectFleet, RATE } from "@/bench/fleet";
import { makePeople } from "@/bench/people";
import { queueCreates } from "@/bench/queue-creates";
import { type Row, toDurationRow } from "@/bench/report";
import type { Stack } from "@/bench/stack";
import { untilRunsEnded } from "@/bench/until-runs-ended";

export type FanOutOptions = { name: string; tenants: number; operations: number };

/**
 * One worker applies one change in many tenants, beside the time that one tenant's rate requires: more tenants should
 * add nothing. Measured from when the change's runs are visible until the last of them has ended, so it includes taking
 * the runs, opening tokens, connecting, results, events and ending.
 */
export async function measureFanOut(
  stack: Stack,
  { name, tenants, operations }: FanOutOptions,
): Promise<Row> {
  const fleet = await connectFleet(stack, tenants);
  const changeId = await queueCreates(
    stack.scope,
    fleet.map(({ tenantId, domain }) => ({ tenantId, people: makePeople(operations, domain) })),
  );
  const startedAt = new Date();
  const reference = idealMs(operations) / 1_000;
  const endedAt = await untilRunsEnded(
    stack,
    changeId,
    fleet.map(({ tenantId }) => tenantId),
  );
  return toDurationRow({
    name,
    value: (endedAt.getTime() - startedAt.getTime()) / 1_000,
    unit: "s",
    reference,
    basis: `${tenants} tenants with ${operations} at ${RATE}/s each, one worker`,
  });
}

/**
 * The time that the rate alone requires: 40 operations at 2 a second, 20 s. The rate limiter allows a burst of one
 * second, so an engine without any cost would finish 0.95 s earlier; starting 500 runs has to fit into that.
 */
export function idealMs(operations: number): number {
  return (operations / RATE) * 1_000;
}
