import { randomUUID } from "node:crypto";
import { makePeople } from "@/bench/people";
import { queueCreates } from "@/bench/queue-creates";
import { type Row, toDurationRow } from "@/bench/report";
import type { Stack } from "@/bench/stack";
import { median } from "@/bench/statistics";
import { transaction } from "@/lib/db/transaction";
import { getChange } from "@/lib/changes/data";
import type { OperationRow } from "@/lib/changes/types";
import { pauseTenant } from "@/lib/tenants/mutations";
import { connectSimulated } from "@/test/fleet";

const OPERATIONS = 200_000;
/** Failures at the run's end: a page shows them before all others, so the query must find them deep in the run. */
const FAILED = 600;
const READINGS = 9;

/** The acceptable wait for a page. */
const PAGE_MAX_MS = 200;

/**
 * The time to read the page of a change of 200,000 operations: its counts and first lines, also when the lines shown
 * are the run's last. Its tenant is paused, so nothing else runs.
 */
export async function measureOperationsPage(stack: Stack): Promise<Row[]> {
  const { scope, simulator } = stack;
  const slug = `page-${randomUUID().slice(0, 8)}`;
  const { tenantId, domain } = await connectSimulated(scope, simulator, { name: slug, slug });
  await pauseTenant(scope, { tenantId, reason: "The measurement only reads" });
  const changeId = await queueCreates(scope, [{ tenantId, people: makePeople(OPERATIONS, domain) }]);
  const first = await readPages(stack, changeId, ({ state }) => state === "queued");
  await transaction(
    scope,
    (tx) => tx.$executeRaw`
    UPDATE operation SET state = 'failed', reason = 'invalid-value'
     WHERE id IN (SELECT id FROM operation WHERE change_id = ${changeId}::uuid ORDER BY seq DESC LIMIT ${FAILED})`,
  );
  const deep = await readPages(stack, changeId, ({ state }) => state === "failed");
  return [toRow("operations.page.first", first), toRow("operations.page.deep", deep)];
}

async function readPages(
  { scope }: Stack,
  changeId: string,
  isRight: (line: OperationRow) => boolean,
): Promise<number[]> {
  const tookMs: number[] = [];
  for (let reading = 0; reading < READINGS; reading += 1) {
    const startedMs = performance.now();
    const { runs } = await getChange(scope, { changeId });
    tookMs.push(performance.now() - startedMs);
    const lines = runs.flatMap(({ operations }) => operations);
    if (lines.length === 0 || !lines.every(isRight)) throw new Error("The page shows other lines");
  }
  return tookMs;
}

function toRow(name: string, tookMs: readonly number[]): Row {
  return toDurationRow({
    name,
    value: median(tookMs),
    unit: "ms",
    reference: PAGE_MAX_MS,
    basis: `median of ${READINGS} readings of a change of ${OPERATIONS}`,
  });
}
