import "server-only";
import { requireSystem } from "@/lib/auth/require-system";
import { mayTouch, type Scope } from "@/lib/auth/scope";
import { groupCommit } from "@/lib/db/group-commit";
import { transaction, type Transaction } from "@/lib/db/transaction";
import { writePersons } from "@/lib/directory/mirror";
import { writeGroups } from "@/lib/directory/mirror-groups";
import type { KnowBe4Client } from "@/lib/knowbe4/client";
import type { KnowBe4Group, KnowBe4User } from "@/lib/knowbe4/from-scim";
import { isScimError } from "@/lib/scim/errors";
import type { AcceptedOperation } from "@/lib/engine/confirm/judge-confirmation";
import { recordSeen } from "@/lib/engine/confirm/record-seen";

/** Above this number of people the whole directory is read: one listing costs less than one lookup for each. */
export const LOOKS_MAX = 25;

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
  const due = await transaction(scope, (tx) => listDue(tx, tenantId, LOOKS_MAX));
  const persons = new Map<string, KnowBe4User | null>();
  const groups = new Map<string, KnowBe4Group | null>();
  for (const operation of due) {
    const seen = operation.resourceKey.startsWith("user:") ? persons : groups;
    if (seen.has(operation.resourceKey)) continue;
    // Check at least one resource; otherwise we cannot call the tenant healthy.
    if (woken.aborted && persons.size + groups.size > 0) break;
    if (operation.resourceKey.startsWith("user:")) {
      persons.set(operation.resourceKey, await lookAtPerson(client, operation, signal));
    } else {
      groups.set(operation.resourceKey, await lookAtGroup(client, operation, signal));
    }
  }
  await transaction(scope, async (tx) => {
    await writePersons(
      tx,
      tenantId,
      [...persons.values()].filter((person) => person !== null),
    );
    await writeGroups(
      tx,
      tenantId,
      [...groups.values()].filter((group) => group !== null),
    );
    const looked = due.filter(({ resourceKey: key }) => persons.has(key) || groups.has(key));
    await recordSeen(tx, scope, looked, { persons, groups });
  });
}

/** Operations confirmed in one transaction: a run of 200,000 must not be held in memory whole. */
const CONFIRM_MAX = 1_000;

/**
 * Confirms accepted operations from the mirror after a full read, which is as fresh as a lookup of everyone. Each
 * block is confirmed or postponed, so the loop ends. A crash between two blocks leaves the rest due.
 */
export async function confirmFromMirror(scope: Scope, tenantId: string): Promise<void> {
  requireSystem(scope);
  while ((await confirmBlock(scope, tenantId)) === CONFIRM_MAX);
}

function confirmBlock(scope: Scope, tenantId: string): Promise<number> {
  return transaction(
    scope,
    async (tx) => {
      const due = await listDue(tx, tenantId, CONFIRM_MAX);
      if (due.length === 0) return 0;
      const persons = await mirroredPersons(tx, tenantId, due);
      const groups = await mirroredGroups(tx, tenantId, due);
      await recordSeen(tx, scope, due, { persons, groups });
      return due.length;
    },
    { timeoutMs: 60_000 },
  );
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
              LIMIT ${LOOKS_MAX + 1}) due) AS count
      FROM tenant t WHERE t.id = ANY (${ids}::uuid[])
       AND NOT EXISTS (SELECT FROM run r WHERE r.tenant_id = t.id AND r.state = 'running')
       AND t.state = 'healthy' AND (t.cooldown_to IS NULL OR t.cooldown_to <= now())`,
  );
  const counts = new Map(rows.map(({ id, count }) => [id, count]));
  return tenantIds.map((id) => counts.get(id) ?? 0);
}

function listDue(tx: Transaction, tenantId: string, limit: number): Promise<AcceptedOperation[]> {
  return tx.$queryRaw<AcceptedOperation[]>`
    SELECT id, change_id AS "changeId", tenant_id AS "tenantId", kind, target, resource_key AS "resourceKey",
           resource_id AS "resourceId", intent, confirms, accepted_at AS "acceptedAt"
      FROM operation WHERE tenant_id = ${tenantId}::uuid AND state = 'accepted' AND confirm_at <= now()
     ORDER BY confirm_at, seq LIMIT ${limit}`;
}

async function lookAtPerson(
  client: KnowBe4Client,
  { resourceId, target }: AcceptedOperation,
  signal: AbortSignal,
) {
  if (resourceId === null) {
    const found = await client.findUsersByAddress(target, { signal });
    return found.length === 1 ? (found[0] ?? null) : null;
  }
  return orNull(client.getUser(resourceId, { signal }));
}

async function lookAtGroup(
  client: KnowBe4Client,
  { resourceId, target }: AcceptedOperation,
  signal: AbortSignal,
) {
  if (resourceId === null) {
    const found = await client.findGroupsByName(target, { signal });
    return found.length === 1 ? (found[0] ?? null) : null;
  }
  return orNull(client.getGroup(resourceId, { signal }));
}

/** Returns null for "not there yet"; the caller handles every other error. */
async function orNull<T>(looking: Promise<T>): Promise<T | null> {
  try {
    return await looking;
  } catch (error) {
    if (isScimError(error) && error.kind === "not-found") return null;
    throw error;
  }
}

async function mirroredPersons(tx: Transaction, tenantId: string, due: readonly AcceptedOperation[]) {
  const keys = due.flatMap(({ resourceKey }) =>
    resourceKey.startsWith("user:") ? [resourceKey.slice("user:".length)] : [],
  );
  const rows = await tx.$queryRaw<(KnowBe4User & { key: string })[]>`
    SELECT user_name_key AS key, resource_id AS "resourceId", active, attributes, attributes ->> 'externalId' AS "externalId"
      FROM directory_user WHERE tenant_id = ${tenantId}::uuid AND user_name_key = ANY (${keys}::text[])`;
  return new Map(rows.map(({ key, ...person }) => [`user:${key}`, person]));
}

async function mirroredGroups(tx: Transaction, tenantId: string, due: readonly AcceptedOperation[]) {
  const keys = due.flatMap(({ resourceKey }) =>
    resourceKey.startsWith("group:") ? [resourceKey.slice("group:".length)] : [],
  );
  const rows = await tx.$queryRaw<KnowBe4Group[]>`
    SELECT g.resource_id AS "resourceId", g.display_name AS "displayName", NULL AS "externalId",
           ARRAY(SELECT user_resource_id FROM directory_membership m
                  WHERE m.tenant_id = g.tenant_id AND m.group_resource_id = g.resource_id) AS "memberIds"
      FROM directory_group g WHERE g.tenant_id = ${tenantId}::uuid AND lower(trim(g.display_name)) = ANY (${keys}::text[])`;
  return new Map(rows.map((group) => [`group:${group.displayName.trim().toLowerCase()}`, group]));
}
