import { randomUUID } from "node:crypto";
import { createOnceBare } from "@/bench/bare-client";
import { makePeople } from "@/bench/people";
import { type Row, toDurationRow } from "@/bench/report";
import type { Stack } from "@/bench/stack";
import { percentile } from "@/bench/statistics";
import { startWireTap, type WireTap } from "@/bench/wire-tap";
import { transaction } from "@/lib/db/transaction";
import type { AttributeValues } from "@/lib/knowbe4/attributes";
import { getChange } from "@/lib/changes/data";
import { applyChange, planChange } from "@/lib/changes/mutations";
import { waitFor } from "@/lib/wait-for";
import { connectSimulated, type FleetTenant } from "@/test/fleet";

const TENANTS = 10;
const APPLIES = 60;
const WARM_UP = 10;

/**
 * The time from the click on Apply to the first byte of the create at the tenant: applyChange's transaction, the
 * wake-up, opening the tenant, and a new connection. The yardstick is one create from this process, also over a new
 * connection, there and back. Tenants have the limits of new ones and take turns, so that none is still being read
 * back.
 */
export async function measureClickToWire({ scope, simulator }: Stack): Promise<Row[]> {
  const tap = await startWireTap(simulator.url);
  try {
    const tapped = {
      ...simulator,
      createTenant: async (settings: Parameters<typeof simulator.createTenant>[0]) => {
        const created = await simulator.createTenant(settings);
        return { ...created, tenantUrl: tap.through(created.tenantUrl) };
      },
    };
    const tenants = await Promise.all(
      Array.from({ length: TENANTS }, () => {
        const slug = `click-${randomUUID().slice(0, 8)}`;
        return connectSimulated(scope, tapped, { name: slug, slug, reads: "mailbox" });
      }),
    );
    return await measureApplies({ scope, tap, tenants });
  } finally {
    await tap.close();
  }
}

type Clicking = { scope: Stack["scope"]; tap: WireTap; tenants: readonly FleetTenant[] };

async function measureApplies(clicking: Clicking): Promise<Row[]> {
  const { tenants } = clicking;
  const values: number[] = [];
  const references: number[] = [];
  const rounds = (WARM_UP + APPLIES) / tenants.length;
  for (let round = 0; round < rounds; round += 1) {
    for (const tenant of tenants) {
      // Each round has two people of its own: one for the engine, one for the bare request.
      const [applied = {}, posted = {}] = makePeople(2 * rounds, tenant.domain).slice(2 * round);
      values.push(await clickOnce(clicking, tenant, applied));
      references.push(await createOnceBare(tenant, posted));
    }
  }
  const toRow = (percent: number) =>
    toDurationRow({
      name: `click.to.wire.p${percent}`,
      value: percentile(values.slice(WARM_UP), percent),
      unit: "ms",
      reference: percentile(references.slice(WARM_UP), percent),
      basis: `percentile of ${APPLIES} applies`,
    });
  return [toRow(50), toRow(95)];
}

async function clickOnce(
  { scope, tap }: Clicking,
  tenant: FleetTenant,
  person: AttributeValues,
): Promise<number> {
  const { tenantId } = tenant;
  await waitFor(() => isQuiet(scope, tenantId), `${tenant.slug} to be quiet`);
  const { userName = "", givenName = "", familyName = "", department = "" } = person;
  const { changeId } = await planChange(scope, {
    intent: {
      kind: "onboard",
      personId: randomUUID(),
      attributes: { givenName, familyName, department },
      groups: [],
      accounts: [{ tenantId, userName }],
    },
    reason: "Measures the engine",
    ticket: null,
  });
  const { planHash } = await getChange(scope, { changeId });
  const arrival = tap.nextPost();
  const clickedMs = performance.now();
  await applyChange(scope, { changeId, planHash });
  return (await arrival) - clickedMs;
}

/** Whether nothing remains to be sent to the tenant or read back from it. */
async function isQuiet(scope: Stack["scope"], tenantId: string): Promise<boolean> {
  const busy = ["queued", "sent", "unknown", "accepted"];
  const where = { tenantId, state: { in: busy } };
  return (await transaction(scope, (tx) => tx.operation.count({ where }))) === 0;
}
