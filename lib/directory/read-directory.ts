import "server-only";
import { requireSystem } from "@/lib/auth/require-system";
import { appendEvent } from "@/lib/audit/log/append";
import { mayTouch, type Scope } from "@/lib/auth/scope";
import { groupCommit } from "@/lib/db/group-commit";
import { transaction } from "@/lib/db/transaction";
import type { CatalogueCode } from "@/lib/knowbe4/catalogue";
import { explainError } from "@/lib/knowbe4/explain-error";
import type { KnowBe4Client } from "@/lib/knowbe4/client";
import type { KnowBe4Group, KnowBe4User } from "@/lib/knowbe4/from-scim";
import { findLeftOutMembers } from "@/lib/directory/left-out-members";
import { removeUnseenPersons, writePersons } from "@/lib/directory/mirror";
import { removeUnseenGroups, writeGroups } from "@/lib/directory/mirror-groups";

/** A read whose worker is silent for this long is taken over. */
const LEASE_SECONDS = 60;
const EXTEND_MS = 10_000;

export type TakenRead = { id: string; tenantId: string; epoch: number };
/** What a full read showed, as the tenant answered it: the mirror keeps what an answer left out. */
export type WholeRead = { id: string; persons: readonly KnowBe4User[]; groups: readonly KnowBe4Group[] };
/** interrupted: this worker ends, or another one has the read. It will be read again; the tenant is not the cause. */
export type ReadEnd =
  | { state: "complete"; whole: WholeRead }
  | { state: "interrupted" }
  | { state: "failed"; reason: CatalogueCode; error: unknown };

/** Whether a read waits, or was left by a worker that died. */
export async function isReadDue(scope: Scope, tenantId: string): Promise<boolean> {
  requireSystem(scope);
  return mayTouch(scope, tenantId) ? findDue(tenantId) : false;
}

/** All work in a tenant starts with this query, and 500 may begin at once. */
const findDue = groupCommit(findDueBlock, { blockMax: 100 });

async function findDueBlock(tenantIds: readonly string[]): Promise<boolean[]> {
  const ids = [...new Set(tenantIds)];
  const rows = await transaction(
    { tenants: ids },
    (tx) => tx.$queryRaw<{ tenantId: string }[]>`
    SELECT tenant_id AS "tenantId" FROM directory_read
     WHERE tenant_id = ANY (${ids}::uuid[]) AND (state = 'queued' OR (state = 'running' AND lease_until < now()))`,
  );
  const due = new Set(rows.map(({ tenantId }) => tenantId));
  return tenantIds.map((id) => due.has(id));
}

/** Takes the tenant's unfinished read, if one is due. An interrupted read starts again from its first page. */
export async function takeRead(scope: Scope, tenantId: string): Promise<TakenRead | null> {
  requireSystem(scope);
  return transaction(scope, async (tx) => {
    const [read] = await tx.$queryRaw<TakenRead[]>`
      UPDATE directory_read SET state = 'running', epoch = epoch + 1, started_at = now(),
             lease_until = now() + ${LEASE_SECONDS} * interval '1 second'
       WHERE id = (SELECT id FROM directory_read
                    WHERE tenant_id = ${tenantId}::uuid
                      AND (state = 'queued' OR (state = 'running' AND lease_until < now()))
                    FOR UPDATE SKIP LOCKED LIMIT 1)
      RETURNING id, tenant_id AS "tenantId", epoch`;
    return read ?? null;
  });
}

/**
 * Reads a whole directory and replaces the mirror with it in one transaction. An incomplete reading (a cut
 * connection, a missing page, a lost lease) leaves the mirror unchanged and says why.
 */
export async function readDirectory(
  scope: Scope,
  read: TakenRead,
  client: KnowBe4Client,
  signal: AbortSignal,
): Promise<ReadEnd> {
  requireSystem(scope);
  try {
    const persons: KnowBe4User[] = [];
    const groups: KnowBe4Group[] = [];
    const extend = createExtender(scope, read);
    for await (const page of client.listUsers({}, { signal })) {
      for (const person of page.items) persons.push(person);
      await extend();
    }
    for await (const page of client.listGroups({}, { signal })) {
      for (const group of page.items) groups.push(group);
      await extend();
    }
    const whole = await findLeftOutMembers(scope, read.tenantId, groups, async (id) => {
      await extend();
      return client.getGroup(id, { signal });
    });
    await replaceMirror(scope, read, persons, whole);
    return { state: "complete", whole: { id: read.id, persons, groups: whole } };
  } catch (error) {
    if (error instanceof ReadLostError) return { state: "interrupted" };
    if (signal.aborted) {
      await giveBackRead(scope, read);
      return { state: "interrupted" };
    }
    const reason = explainError(error).code;
    await failRead(scope, read, reason);
    return { state: "failed", reason, error };
  }
}

class ReadLostError extends Error {}

/**
 * Extends the lease of the read at most once in ten seconds. Once a page meant a transaction for each hundred people, a
 * fifth of a read's time.
 */
function createExtender(scope: Scope, read: TakenRead): () => Promise<void> {
  let extendedMs = performance.now();
  return async () => {
    if (performance.now() - extendedMs < EXTEND_MS) return;
    extendedMs = performance.now();
    await extendRead(scope, read);
  };
}

async function extendRead(scope: Scope, read: TakenRead): Promise<void> {
  const kept = await transaction(
    scope,
    (tx) => tx.$executeRaw`
    UPDATE directory_read SET lease_until = now() + ${LEASE_SECONDS} * interval '1 second'
     WHERE id = ${read.id}::uuid AND epoch = ${read.epoch} AND state = 'running'`,
  );
  if (kept === 0) throw new ReadLostError("Another worker has taken this read");
}

async function replaceMirror(
  scope: Scope,
  read: TakenRead,
  persons: readonly KnowBe4User[],
  groups: readonly KnowBe4Group[],
): Promise<void> {
  const { tenantId } = read;
  await transaction(
    scope,
    async (tx) => {
      // Keep this order: people who vanish or appear must not record group changes too. See writeGroups.
      const removed = await removeUnseenPersons(
        tx,
        tenantId,
        persons.map((p) => p.resourceId),
      );
      await writeGroups(tx, tenantId, groups);
      await removeUnseenGroups(
        tx,
        tenantId,
        groups.map((g) => g.resourceId),
      );
      const people = await writePersons(tx, tenantId, persons);
      const counts = {
        users: persons.length,
        active: await tx.directoryUser.count({ where: { tenantId, active: true } }),
        groups: groups.length,
        memberships: await tx.directoryMembership.count({ where: { tenantId } }),
        added: people.added,
        changed: people.changed,
        removed,
      };
      const finished = await tx.directoryRead.updateMany({
        where: { id: read.id, epoch: read.epoch, state: "running" },
        data: { ...counts, state: "complete", finishedAt: new Date(), leaseUntil: null, reason: null },
      });
      if (finished.count === 0) throw new ReadLostError("Another worker has taken this read");
      await tx.tenant.updateMany({ where: { id: tenantId }, data: { readId: read.id } });
      await appendEvent(tx, scope, {
        action: "directory.read",
        tenantId,
        target: `${counts.users} people, ${counts.groups} groups`,
        result: "ok",
        details: { ...counts, read: read.id },
      });
    },
    { timeoutMs: 120_000 },
  );
}

/** A stopping worker releases its read at once, instead of leaving it until its lease ends. */
async function giveBackRead(scope: Scope, read: TakenRead): Promise<void> {
  await transaction(scope, (tx) =>
    tx.directoryRead.updateMany({
      where: { id: read.id, epoch: read.epoch, state: "running" },
      data: { state: "queued", leaseUntil: null },
    }),
  );
}

/** Ends a failed read; the last whole one stays valid. */
export async function failRead(scope: Scope, read: TakenRead, reason: CatalogueCode): Promise<void> {
  requireSystem(scope);
  await transaction(scope, async (tx) => {
    const failed = await tx.directoryRead.updateMany({
      where: { id: read.id, epoch: read.epoch, state: "running" },
      data: { state: "failed", reason, finishedAt: new Date(), leaseUntil: null },
    });
    if (failed.count === 0) return;
    await appendEvent(tx, scope, {
      action: "directory.read_failed",
      tenantId: read.tenantId,
      target: "directory",
      result: reason,
      details: { read: read.id },
    });
  });
}
