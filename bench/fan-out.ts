import { connectFleet, RATE } from "@/bench/fleet";
import { makePeople } from "@/bench/people";
import { queueCreates } from "@/bench/queue-creates";
import { type Row, toDurationRow } from "@/bench/report";
import type { Stack } from "@/bench/stack";
import { untilRunsEnded } from "@/bench/until-runs-ended";

export type FanOutOptions = { name: string; tenants: number; operations: number };

/**
 * One change carried out in all of many tenants by one worker, beside the time that one tenant's rate takes for its
 * share: more tenants add nothing to that. From when the change's runs can be seen until the last of them has ended,
 * so taking them, opening the tokens, connecting, results, events and ending are all in it.
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
 * What the rate alone takes: 40 operations at 2 a second, 20 s. The pace lets a second's worth go at once, so an engine
 * that cost nothing would end 0.95 s before it; starting 500 runs has to fit into that.
 */
export function idealMs(operations: number): number {
  return (operations / RATE) * 1_000;
}
