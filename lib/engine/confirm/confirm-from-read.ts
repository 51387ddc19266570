import "server-only";
import { requireSystem } from "@/lib/auth/require-system";
import type { Scope } from "@/lib/auth/scope";
import { findOwnAccount } from "@/lib/changes/plan/own-account";
import { groupResourceKey } from "@/lib/changes/plan/planned-operation";
import { transaction, type Transaction } from "@/lib/db/transaction";
import type { WholeRead } from "@/lib/directory/read-directory";
import type { AcceptedOperation, Shown } from "@/lib/engine/confirm/judge-confirmation";
import { isAboutPerson } from "@/lib/engine/confirm/look";
import { recordSeen } from "@/lib/engine/confirm/record-seen";
import { ACCEPTED_OPERATION } from "@/lib/engine/confirm/accepted-operation";
import { userNameKey } from "@/lib/knowbe4/user-name-key";

/** Operations confirmed in one transaction: a run of 200,000 must not be held in memory whole. */
const CONFIRM_MAX = 1_000;

/**
 * Confirms accepted operations by a full read, which shows as much as a lookup of everyone: all of them that were
 * accepted before it began, due or not. It looks at the answers themselves, because the mirror keeps values that an
 * answer left out. A crash between two blocks leaves the rest due.
 */
export async function confirmFromRead(scope: Scope, tenantId: string, whole: WholeRead): Promise<void> {
  requireSystem(scope);
  const show = showFrom(whole);
  let last = "00000000-0000-0000-0000-000000000000";
  for (;;) {
    const block = await confirmBlock(scope, { tenantId, readId: whole.id, after: last }, show);
    if (block.length < CONFIRM_MAX) return;
    last = block.at(-1)?.id ?? last;
  }
}

type Block = { tenantId: string; readId: string; after: string };

function confirmBlock(
  scope: Scope,
  block: Block,
  show: (operation: AcceptedOperation) => Shown,
): Promise<AcceptedOperation[]> {
  return transaction(
    scope,
    async (tx) => {
      const accepted = await listAccepted(tx, block);
      if (accepted.length > 0) await recordSeen(tx, scope, accepted, show);
      return accepted;
    },
    { timeoutMs: 60_000 },
  );
}

function listAccepted(tx: Transaction, { tenantId, readId, after }: Block): Promise<AcceptedOperation[]> {
  return tx.$queryRaw<AcceptedOperation[]>`
    SELECT ${ACCEPTED_OPERATION}
      FROM operation WHERE tenant_id = ${tenantId}::uuid AND state = 'accepted' AND id > ${after}::uuid
       AND accepted_at <= (SELECT started_at FROM directory_read WHERE id = ${readId}::uuid)
     ORDER BY id LIMIT ${CONFIRM_MAX}`;
}

/** Finds each operation's resource in the read: by its id, or for a create without one by what makes it ours. */
function showFrom({ persons, groups }: WholeRead): (operation: AcceptedOperation) => Shown {
  const personOf = new Map(persons.map((person) => [person.resourceId, person]));
  const groupOf = new Map(groups.map((group) => [group.resourceId, group]));
  const byAddress = Map.groupBy(persons, ({ attributes }) => userNameKey(attributes.userName ?? ""));
  const byExternalId = Map.groupBy(persons, ({ externalId }) => externalId);
  const byName = Map.groupBy(groups, ({ displayName }) => groupResourceKey(displayName));
  return ({ resourceKey, resourceId, intent }) => {
    if (isAboutPerson(resourceKey)) {
      if (resourceId !== null) return { person: personOf.get(resourceId) ?? null, group: null };
      if (intent.kind !== "create") return { person: null, group: null };
      const { userName = "", externalId = null } = intent.values;
      const ours = externalId === null ? [] : (byExternalId.get(externalId) ?? []);
      const candidates = new Set([...ours, ...(byAddress.get(userNameKey(userName)) ?? [])]);
      return { person: findOwnAccount(intent.values, [...candidates]), group: null };
    }
    if (resourceId !== null) return { person: null, group: groupOf.get(resourceId) ?? null };
    const named = intent.kind === "group_create" ? (byName.get(resourceKey) ?? []) : [];
    return { person: null, group: named.length === 1 ? (named[0] ?? null) : null };
  };
}
