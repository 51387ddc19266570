import { listIssues } from "@/lib/issues/data";
import type { HealthRecord } from "@/lib/tenants/health";
import type { FleetTenant } from "@/test/fleet";
import type { Stack } from "@/test/stack";

/* A tenant's stored health, for tests that check it while a worker works with the tenant. */
export type Health = {
  state: string;
  reason: string | null;
  rate: number;
  failures: number;
  coolsFor: number;
  probesIn: number | null;
  probes: number;
};

export async function healthOf(stack: Stack, { tenantId }: FleetTenant): Promise<Health> {
  const [row] = await stack.rows<Health>(
    `SELECT state, reason, rate, failures, probes, extract(epoch FROM cooldown_to - now())::float AS "coolsFor",
            extract(epoch FROM probe_next_at - now())::float AS "probesIn" FROM tenant WHERE id = $1`,
    [tenantId],
  );
  if (!row) throw new Error("No such tenant");
  return row;
}

export async function setTenant(stack: Stack, { tenantId }: FleetTenant, set: string): Promise<void> {
  await stack.rows(`UPDATE tenant SET ${set} WHERE id = $1`, [tenantId]);
}

/** Hours since it was quarantined; null if it is not quarantined. */
export async function ageOfQuarantine(stack: Stack, { tenantId }: FleetTenant): Promise<number | null> {
  const [row] = await stack.rows<{ hours: number | null }>(
    "SELECT extract(epoch FROM now() - quarantined_at)::float / 3600 AS hours FROM tenant WHERE id = $1",
    [tenantId],
  );
  return row?.hours ?? null;
}

export async function healthRecordOf(stack: Stack, { tenantId }: FleetTenant): Promise<HealthRecord | null> {
  const [row] = await stack.rows<{ record: HealthRecord | null }>(
    "SELECT health_record AS record FROM tenant WHERE id = $1",
    [tenantId],
  );
  return row?.record ?? null;
}

export function eventsOf(stack: Stack, { tenantId }: FleetTenant, action: string): Promise<unknown[]> {
  return stack.rows("SELECT FROM event WHERE tenant_id = $1 AND action = $2", [tenantId, action]);
}

export async function issuesOf(stack: Stack, { tenantId }: FleetTenant, state: "open" | "resolved" = "open") {
  return (await listIssues(stack.owner, { tenantId, state })).rows;
}
