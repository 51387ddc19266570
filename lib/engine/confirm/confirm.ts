import "server-only";
import { requireSystem } from "@/lib/auth/require-system";
import { mayTouch, type Scope } from "@/lib/auth/scope";
import { groupCommit } from "@/lib/db/group-commit";
import { transaction, type Transaction } from "@/lib/db/transaction";
import { writePersons } from "@/lib/directory/mirror";
import { writeGroups } from "@/lib/directory/mirror-groups";
import type { KnowBe4Client } from "@/lib/knowbe4/client";
import { ACCEPTED_OPERATION } from "@/lib/engine/confirm/accepted-operation";
import { type AcceptedOperation, NOTHING_SHOWN, type Shown } from "@/lib/engine/confirm/judge-confirmation";
import { lookAt, lookKeyOf } from "@/lib/engine/confirm/look";
import { recordSeen } from "@/lib/engine/confirm/record-seen";

/** Above this number of people the whole directory is read: one listing costs less than one lookup for each. */
export const LOOKUPS_MAX = 25;

/**
 * Reads accepted operations back and confirms those that the tenant shows. The others are read again later, at
 * growing intervals. A 2xx alone never counts as done.
 * @param woken aborts when something new is due in the tenant; the rest is read after it.
 */
export async function confirmByLooking(
  scope: Scope,
  tenantId: string,
  client: KnowBe4Client,
  { stop: signal, woken }: { stop: AbortSignal; woken: AbortSignal },
): Promise<void> {
  requireSystem(scope);
  const due = await transaction(scope, (tx) => listDue(tx, tenantId, LOOKUPS_MAX));
  const shown = new Map<string, Shown>();
  for (const operation of due) {
    const key = lookKeyOf(operation);
    if (shown.has(key)) continue;
    // Check at least one resource; otherwise we cannot call the tenant healthy.
    if (woken.aborted && shown.size > 0) break;
    shown.set(key, await lookAt(client, operation, signal));
  }
  await transaction(scope, async (tx) => {
    const looks = [...shown.values()];
    await writePersons(
      tx,
      tenantId,
      looks.flatMap(({ person }) => person ?? []),
    );
    await writeGroups(
      tx,
      tenantId,
      looks.flatMap(({ group }) => group ?? []),
    );
    const looked = due.filter((operation) => shown.has(lookKeyOf(operation)));
    await recordSeen(tx, scope, looked, (operation) => shown.get(lookKeyOf(operation)) ?? NOTHING_SHOWN);
  });
}

/**
 * Postpones operations that could not be read back: each sweep would otherwise repeat a lookup that the tenant
 * refuses.
 */
export async function postponeConfirming(scope: Scope, tenantId: string): Promise<void> {
  requireSystem(scope);
  await transaction(
    scope,
    (tx) => tx.$executeRaw`
    UPDATE operation SET confirm_at = now() + interval '1 minute'
     WHERE tenant_id = ${tenantId}::uuid AND state = 'accepted' AND confirm_at <= now()`,
  );
}

/**
 * Counts the due operations, up to one more than are looked up singly; beyond that the number makes no difference.
 * Nothing is due in a tenant that was paused, quarantined or put on cooldown since this work began, nor while a run
 * is active there: reading 50,000 people back for a run whose worker had died delayed its takeover by a minute.
 */
export async function countDue(scope: Scope, tenantId: string): Promise<number> {
  requireSystem(scope);
  return mayTouch(scope, tenantId) ? countInGroup(tenantId) : 0;
}

const countInGroup = groupCommit(countBlock, { blockMax: 100 });

async function countBlock(tenantIds: readonly string[]): Promise<number[]> {
  const ids = [...new Set(tenantIds)];
  const rows = await transaction(
    { tenants: ids },
    (tx) => tx.$queryRaw<{ id: string; count: number }[]>`
    SELECT t.id, (SELECT count(*)::int FROM (
             SELECT FROM operation o WHERE o.tenant_id = t.id AND o.state = 'accepted' AND o.confirm_at <= now()
              LIMIT ${LOOKUPS_MAX + 1}) due) AS count
      FROM tenant t WHERE t.id = ANY (${ids}::uuid[])
       AND NOT EXISTS (SELECT FROM run r WHERE r.tenant_id = t.id AND r.state = 'running')
       AND t.state = 'healthy' AND (t.cooldown_to IS NULL OR t.cooldown_to <= now())`,
  );
  const counts = new Map(rows.map(({ id, count }) => [id, count]));
  return tenantIds.map((id) => counts.get(id) ?? 0);
}

function listDue(tx: Transaction, tenantId: string, limit: number): Promise<AcceptedOperation[]> {
  return tx.$queryRaw<AcceptedOperation[]>`
    SELECT ${ACCEPTED_OPERATION}
      FROM operation WHERE tenant_id = ${tenantId}::uuid AND state = 'accepted' AND confirm_at <= now()
     ORDER BY confirm_at, seq LIMIT ${limit}`;
}
