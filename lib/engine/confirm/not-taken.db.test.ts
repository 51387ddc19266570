import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { confirmFromRead } from "@/lib/engine/confirm/confirm-from-read";
import { explainUnseen } from "@/lib/engine/confirm/explain-unseen";
import { recordResults } from "@/lib/engine/send/record";
import { createRunsUnderTest, type RunsUnderTest, scopeOf, toAccepted } from "@/test/runs";

let runs: RunsUnderTest;

beforeAll(async () => {
  runs = await createRunsUnderTest();
});
afterAll(() => runs.close());

test("attributes that the tenant refused stay told, however often it is read, until it shows them", async () => {
  const run = await runs.takeNew(1);
  const scope = scopeOf(run);
  const values = JSON.stringify({ kind: "create", values: { userName: "p1", department: "Legal" } });
  await runs.rows("UPDATE operation SET intent = $2 WHERE run_id = $1", [run.id, values]);
  const [operation] = await runs.claim(run);
  if (!operation) throw new Error("Nothing was claimed");
  const result = toAccepted(operation, { notTaken: ["department"], reason: "stored-differently" });
  await recordResults(scope, run, [result]);
  await runs.rows("UPDATE operation SET accepted_at = now() - interval '1 day' WHERE id = $1", [
    operation.id,
  ]);

  async function readShowing(attributes: Record<string, string>) {
    const id = randomUUID();
    await runs.rows(
      "INSERT INTO directory_read (id, tenant_id, requested_by, state, started_at) VALUES ($1, $2, 'a test', 'complete', now())",
      [id, run.tenantId],
    );
    const person = { resourceId: `id of ${operation?.target}`, externalId: null, active: true, attributes };
    await confirmFromRead(scope, run.tenantId, { id, persons: [person], groups: [] });
    await explainUnseen(scope, run.tenantId);
    return runs.rows("SELECT state, reason, detail FROM operation WHERE id = $1", [operation?.id]);
  }
  const told = {
    state: "accepted",
    reason: "stored-differently",
    detail: "Accepted, but these attributes were not taken: Department",
  };
  expect(await readShowing({ userName: "p1" })).toEqual([told]);
  expect(await readShowing({ userName: "p1" })).toEqual([told]);
  const whole = { userName: "p1", department: "Legal" };
  expect(await readShowing(whole)).toEqual([{ state: "confirmed", reason: null, detail: null }]);
});
