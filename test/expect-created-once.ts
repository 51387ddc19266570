import { expect } from "vitest";
import { statsOf, untilStanding } from "@/test/changes";
import type { FleetTenant } from "@/test/fleet";
import type { Stack } from "@/test/stack";

/** Waits for the end of a change from queueCreates, and expects each person to be created exactly once. */
export async function expectCreatedOnce(
  stack: Stack,
  tenant: FleetTenant,
  { changeId, count }: { changeId: string; count: number },
): Promise<void> {
  const { counts } = await untilStanding(stack.owner, changeId, "confirmed", "failed");
  expect(counts, tenant.slug).toMatchObject({ confirmed: count, failed: 0 });
  expect(await statsOf(stack, tenant), tenant.slug).toMatchObject({
    createsAccepted: count,
    duplicateCreates: {},
    conflicts: 0,
  });
}
