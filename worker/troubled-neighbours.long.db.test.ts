import { afterAll, beforeAll, expect, test } from "vitest";
import { connectFast, queueCreates, setFaults, setLimits, untilTenant } from "@/test/changes";
import { expectCreatedOnce } from "@/test/expect-created-once";
import type { FleetTenant } from "@/test/fleet";
import { type HugeAnswers, startHugeAnswers } from "@/test/huge-answers";
import { type Stack, startStack } from "@/test/stack";
import { waitFor } from "@/lib/wait-for";

const OTHERS = 20;
const CREATES = 20;
/** Enough for the breaker to open on one round of hanging requests. */
const IN_FLIGHT = 8;

let stack: Stack;
let huge: HugeAnswers;

beforeAll(async () => {
  [stack, huge] = await Promise.all([startStack(), startHugeAnswers()]);
});
afterAll(async () => {
  await stack?.close();
  await huge?.close();
});

test("beside tenants that hang, answer 10 MB and break every connection off, twenty others finish, and each of the three shows its cause", async () => {
  const { owner } = stack;
  const others = await connectSome("well", OTHERS);
  const troubled = await connectSome("troubled", 3);
  const [hangs, floods, resets] = troubled;
  if (!hangs || !floods || !resets) throw new Error("There are no tenants");
  for (const tenant of troubled) await setLimits(owner, tenant, { rate: 1_000, inFlightMax: IN_FLIGHT });
  await setFaults(stack, hangs, [{ kind: "hang" }]);
  await setFaults(stack, resets, [{ kind: "cut-after-commit" }]);
  await setUrl(floods, huge.url);
  const owed = await queueEach(troubled);
  const changes = await queueEach(others);

  for (const { tenant, changeId } of changes)
    await expectCreatedOnce(stack, tenant, { changeId, count: CREATES });
  await untilTenant(owner, hangs, ({ reason }) => reason === "timeout", "to be seen hanging");
  await untilTenant(owner, floods, ({ reason }) => reason === "not-scim", "to be seen answering no SCIM");
  await untilTenant(
    owner,
    resets,
    ({ reason }) => reason === "tenant-unreachable",
    "to be seen breaking off",
  );
  const reasons = await stack.rows("SELECT name, reason FROM tenant WHERE reason IS NOT NULL ORDER BY name");
  expect(reasons).toHaveLength(troubled.length);

  for (const tenant of troubled) await setFaults(stack, tenant, []);
  await setUrl(floods, floods.tenantUrl);
  await waitFor(() => haveEnded(troubled), "the runs of the three to end");
  for (const { tenant, changeId } of owed)
    await expectCreatedOnce(stack, tenant, { changeId, count: CREATES });
}, 180_000);

function connectSome(name: string, count: number): Promise<FleetTenant[]> {
  const slugs = Array.from({ length: count }, (_, index) => `${name}-${index}`);
  return Promise.all(slugs.map((slug) => connectFast(stack, slug, { reads: "mailbox", latencyMs: 20 })));
}

function queueEach(tenants: readonly FleetTenant[]): Promise<{ tenant: FleetTenant; changeId: string }[]> {
  return Promise.all(
    tenants.map(async (tenant) => ({ tenant, changeId: await queueCreates(stack.owner, tenant, CREATES) })),
  );
}

async function setUrl({ tenantId }: FleetTenant, url: string): Promise<void> {
  await stack.rows("UPDATE tenant SET tenant_url = $2 WHERE id = $1", [tenantId, url]);
}

/** After so much trouble tenants and operations wait for minutes; this makes them due at once. */
async function haveEnded(tenants: readonly FleetTenant[]): Promise<boolean> {
  const ids = [tenants.map(({ tenantId }) => tenantId)];
  await stack.rows(
    "UPDATE operation SET next_at = now() WHERE tenant_id = ANY ($1) AND next_at > now()",
    ids,
  );
  await stack.rows("UPDATE run SET next_at = now() WHERE tenant_id = ANY ($1) AND next_at > now()", ids);
  await stack.rows("UPDATE tenant SET cooldown_to = now() WHERE id = ANY ($1) AND cooldown_to > now()", ids);
  const open = await stack.rows("SELECT FROM run WHERE tenant_id = ANY ($1) AND finished_at IS NULL", ids);
  return open.length === 0;
}
