import { connectFleet, RATE } from "@/bench/fleet";
import { makePeople } from "@/bench/people";
import { queueCreates } from "@/bench/queue-creates";
import { type Row, toDurationRow } from "@/bench/report";
import type { Stack } from "@/bench/stack";
import { median } from "@/bench/statistics";
import { untilRunsEnded } from "@/bench/until-runs-ended";
import { transaction } from "@/lib/db/transaction";
import { disconnectTenant } from "@/lib/tenants/mutations";
import type { FleetTenant } from "@/test/fleet";
import { type HugeAnswers, startHugeAnswers } from "@/test/huge-answers";

export type IsolationOptions = { name: string; others: number; operations: number; rounds: number };

/**
 * The duration of a change in healthy tenants while one tenant hangs, one answers everything with an error, one with 10
 * MB, and one breaks every connection off, beside the same fleet with all tenants healthy. Rounds alternate, and each
 * creates people of its own.
 */
export async function measureIsolation(stack: Stack, options: IsolationOptions): Promise<Row> {
  const { name, others: count, operations, rounds } = options;
  const huge = await startHugeAnswers();
  const troubles = toTroubles(stack, huge);
  const fleet = await connectFleet(stack, count + troubles.length);
  const [unlucky, others] = [fleet.slice(0, troubles.length), fleet.slice(troubles.length)];
  const eachUnlucky = async (isTroubled: boolean) => {
    for (const [index, tenant] of unlucky.entries()) await troubles[index]?.(tenant, isTroubled);
  };
  const well: number[] = [];
  const troubled: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const share = { first: 2 * round * operations, operations };
    well.push(await runOnce(stack, others, unlucky, share));
    await eachUnlucky(true);
    const next = { first: share.first + operations, operations };
    troubled.push(await runOnce(stack, others, unlucky, next));
    if (round < rounds - 1) await eachUnlucky(false);
  }
  // Their unfinished operations would be retried during the next measurement.
  for (const { tenantId, slug } of unlucky) {
    await disconnectTenant(stack.scope, { tenantId, name: slug, reason: "The measurement is over" });
  }
  await huge.close();
  return toDurationRow({
    name,
    value: median(troubled),
    unit: "s",
    reference: median(well),
    basis: `${count} tenants with ${operations} at ${RATE}/s beside ${unlucky.length} in trouble, median of ${rounds} changes`,
  });
}

type Trouble = (tenant: FleetTenant, isTroubled: boolean) => Promise<void>;

/** Each gives a tenant one trouble, or ends it. */
function toTroubles({ scope, simulator }: Stack, huge: HugeAnswers): Trouble[] {
  const spoil =
    (kind: string): Trouble =>
    ({ slug }, isTroubled) =>
      simulator.control("PUT", `/tenants/${slug}/faults`, isTroubled ? [{ kind }] : []);
  const flood: Trouble = async ({ tenantId, tenantUrl }, isTroubled) => {
    const data = { tenantUrl: isTroubled ? huge.url : tenantUrl };
    await transaction(scope, (tx) => tx.tenant.updateMany({ where: { id: tenantId }, data }));
  };
  return [spoil("hang"), spoil("500"), spoil("cut-before"), flood];
}

/** @returns the duration in the others, in seconds */
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
