import type { Stack } from "@/bench/stack";
import { transaction } from "@/lib/db/transaction";
import { waitFor } from "@/lib/wait-for";

const LIMIT_MS = 300_000;

/**
 * Waits until the change's runs in these tenants have ended.
 * @returns when the last of them did. @throws Error when one did not succeed
 */
export async function untilRunsEnded(
  { scope }: Stack,
  changeId: string,
  tenantIds: readonly string[],
): Promise<Date> {
  const where = { changeId, tenantId: { in: [...tenantIds] } };
  const countOpen = () => transaction(scope, (tx) => tx.run.count({ where: { ...where, finishedAt: null } }));
  await waitFor(async () => (await countOpen()) === 0, "the runs of a change to end", LIMIT_MS);
  const runs = await transaction(scope, (tx) =>
    tx.run.findMany({ where, select: { state: true, finishedAt: true } }),
  );
  const bad = runs.find(({ state, finishedAt }) => state !== "done" || !finishedAt);
  if (bad || runs.length !== tenantIds.length) throw new Error(`A run is ${bad?.state ?? "missing"}`);
  return new Date(Math.max(...runs.map(({ finishedAt }) => finishedAt?.getTime() ?? 0)));
}
