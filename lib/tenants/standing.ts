import "server-only";
import { systemScope } from "@/lib/auth/scope";
import { groupCommit } from "@/lib/db/group-commit";
import { transaction } from "@/lib/db/transaction";
import type { TenantState } from "@/lib/tenants/types";

export type Standing = { id: string; state: TenantState; failures: number };

/** Null while nothing may be sent: the tenant is on cooldown, or the whole fleet is stopped. */
export const findStanding = groupCommit(findStandings, { blockMax: 100 });

async function findStandings(tenantIds: readonly string[]): Promise<(Standing | null)[]> {
  const ids = [...new Set(tenantIds)];
  const rows = await transaction(
    systemScope("worker", ids),
    (tx) => tx.$queryRaw<Standing[]>`
    SELECT id, state, failures FROM tenant
     WHERE id = ANY (${ids}::uuid[]) AND (state = 'disconnected' OR (
           (cooldown_to IS NULL OR cooldown_to <= now()) AND NOT EXISTS (SELECT FROM fleet WHERE stopped_at IS NOT NULL)))`,
  );
  const standings = new Map(rows.map((row) => [row.id, row]));
  return tenantIds.map((id) => standings.get(id) ?? null);
}
