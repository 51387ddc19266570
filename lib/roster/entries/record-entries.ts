import "server-only";
import { appendEvent } from "@/lib/audit/log/append";
import type { Scope } from "@/lib/auth/scope";
import type { Transaction } from "@/lib/db/transaction";
import { notFound } from "@/lib/errors";
import { userNameKey } from "@/lib/knowbe4/user-name-key";
import { decide, type OperatorDecision } from "@/lib/roster/entries/decide";
import { toTargetsOf } from "@/lib/roster/policy/group-rules";
import { findEntryKeys, readEntries } from "@/lib/roster/entries/read-entries";
import { readOverlaid } from "@/lib/roster/entries/read-overlaid";
import { readPolicy } from "@/lib/roster/policy/read-policy";
import type { RosterEntry } from "@/lib/roster/model/types";
import { renameEntries, writeEntries } from "@/lib/roster/entries/write-entries";

/**
 * Writes what readDesired showed of a file: the same overlay over the current entries. Inner part of an applied change;
 * the caller has authorized it.
 * @param input `marksAbsence` is false for a file that a rail does not trust about absent people: otherwise the next
 * sync would archive them, even if nobody approves the held lines.
 */
export async function recordListing(
  tx: Transaction,
  scope: Scope,
  input: { tenantId: string; importId: string; changeId: string; marksAbsence: boolean },
): Promise<void> {
  const { tenantId, importId, changeId, marksAbsence } = input;
  const policy = await readPolicy(tx, tenantId);
  const { changed, renames, listing } = await readOverlaid(tx, { tenantId, importId, policy, marksAbsence });
  await renameEntries(tx, { tenantId, renames });
  await writeEntries(tx, { tenantId, updatedBy: scope.actor.name, entries: changed });
  await tx.rosterListing.createMany({ data: { tenantId, importId, changeId, ...listing } });
  await appendEvent(tx, scope, {
    action: "roster.listed",
    tenantId,
    changeId,
    target: await nameOf(tx, tenantId),
    result: listing.mark,
    details: { ...listing, changed: changed.length, renamed: renames.length },
  });
}

/**
 * Writes operators' decisions about people. Inner part of an applied change; the caller has authorized it. A linked
 * account always belongs to its entry's person, whatever address it has now.
 */
export async function recordDecisions(
  tx: Transaction,
  scope: Scope,
  input: { tenantId: string; changeId: string | null; people: readonly OperatorDecision[] },
): Promise<void> {
  const { tenantId, changeId, people } = input;
  const toTargets = toTargetsOf((await readPolicy(tx, tenantId)).grouping);
  const resourceIds = people.flatMap(({ resourceId }) => resourceId ?? []);
  const linked = new Map(
    (await findEntryKeys(tx, { tenantId, resourceIds })).map((entry) => [entry.id, entry.userNameKey]),
  );
  const keyOf = ({ userName, resourceId }: OperatorDecision): string =>
    linked.get(resourceId ?? "") ?? userNameKey(userName);
  const standing = await readEntries(tx, { tenantId, keys: people.map(keyOf) });
  const entries = new Map<string, RosterEntry>(standing.map((entry) => [entry.userNameKey, entry]));
  for (const decision of people) {
    const key = keyOf(decision);
    entries.set(key, decide(entries.get(key) ?? null, key, decision, toTargets));
  }
  await writeEntries(tx, { tenantId, updatedBy: scope.actor.name, entries: [...entries.values()] });
  await appendEvent(tx, scope, {
    action: "roster.changed",
    tenantId,
    changeId: changeId ?? undefined,
    target: await nameOf(tx, tenantId),
    result: "ok",
    details: { people: entries.size, added: entries.size - standing.length },
  });
}

/** @throws AppError not-found when the tenant is outside the transaction's reach. */
async function nameOf(tx: Transaction, tenantId: string): Promise<string> {
  const tenant = await tx.tenant.findFirst({ where: { id: tenantId }, select: { name: true } });
  if (!tenant) throw notFound("tenant");
  return tenant.name;
}
