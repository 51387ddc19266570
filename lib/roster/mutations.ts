import "server-only";
import { appendEvent, appendEvents } from "@/lib/audit/log/append";
import type { AuditAction } from "@/lib/audit/log/events";
import { AccessDeniedError } from "@/lib/auth/access-denied-error";
import { authorize } from "@/lib/auth/authorize";
import type { Scope } from "@/lib/auth/scope";
import { type Transaction, transaction } from "@/lib/db/transaction";
import { AppError, refuse } from "@/lib/errors";
import { userNameKey } from "@/lib/knowbe4/user-name-key";
import { adopt } from "@/lib/roster/entries/adopt";
import { wholeUpload } from "@/lib/csv/whole-upload";
import { readExclusions } from "@/lib/roster/exclusions-csv";
import { toPolicyChanges } from "@/lib/roster/policy/policy-changes";
import { readPolicyVersion } from "@/lib/roster/policy/read-policy";
import { readScopePreview } from "@/lib/roster/read-scope-preview";
import type {
  AddGuards,
  AdoptInventory,
  ImportExclusions,
  RemoveGuard,
  SavePolicy,
  SetEntry,
} from "@/lib/roster/schema";
import { storeEntry } from "@/lib/roster/store-entry";
import { lockTenant } from "@/lib/tenants/lock-tenant";
import { tenantCan } from "@/lib/tenants/tenant-can";

/** A large roster is read and written whole: about two seconds for a hundred thousand people. */
const WHOLE_ROSTER_MS = 60_000;

/** Adopts the tenant's inventory as its roster. Nothing is sent; a repeat adds new accounts. */
export async function adoptInventory(
  scope: Scope,
  input: AdoptInventory,
): Promise<{ adopted: number; linked: number }> {
  authorize(scope, "roster.manage", [input.tenantId]);
  const { tenantId, reason } = input;
  return transaction(
    scope,
    async (tx) => {
      const tenant = await lockTenant(tx, tenantId);
      refuse(tenantCan.adopt.whyNot({ state: tenant.state, hasRead: tenant.readId !== null }));
      const counts = await adopt(tx, { tenantId, by: scope.actor.name });
      await appendEvent(tx, scope, {
        action: "roster.adopted",
        tenantId,
        target: tenant.name,
        result: "ok",
        reason,
        details: counts,
      });
      return counts;
    },
    { timeoutMs: WHOLE_ROSTER_MS },
  );
}

/**
 * Saves the given parts of the policy. Refused when somebody saved since the form was opened, and when people would
 * leave the scope and be archived, unless at least that number was confirmed.
 */
export async function savePolicy(scope: Scope, input: SavePolicy): Promise<{ version: number }> {
  authorize(scope, "roster.manage", [input.tenantId]);
  const { tenantId } = input;
  return transaction(
    scope,
    async (tx) => {
      const tenant = await lockTenant(tx, tenantId);
      const { policy: before, version } = await readPolicyVersion(tx, tenantId);
      if (version !== input.version) throw savedSince();
      const after = {
        mapping: input.mapping ?? before.mapping,
        scoping: input.scoping ?? before.scoping,
        grouping: input.grouping ?? before.grouping,
      };
      if (input.scoping) await requireConfirmed(tx, input.tenantId, input.scoping, input.confirmedOut);
      const changes = toPolicyChanges(before, after);
      if (changes.length === 0) return { version };
      const data = { ...after, version: version + 1, updatedAt: new Date(), updatedById: operatorOf(scope) };
      await tx.rosterPolicy.upsert({
        where: { tenantId },
        create: { tenantId, ...data },
        update: data,
        select: { version: true },
      });
      await appendEvent(tx, scope, {
        action: "policy.changed",
        tenantId,
        target: tenant.name,
        result: "ok",
        details: { changes, fallOut: input.confirmedOut },
      });
      return { version: version + 1 };
    },
    { timeoutMs: WHOLE_ROSTER_MS },
  );
}

/** Adds a person to the roster with the source `operator`, or overrides their source's values. Nothing is sent. */
export async function setEntry(scope: Scope, input: SetEntry): Promise<void> {
  authorize(scope, "roster.manage", [input.tenantId]);
  await transaction(scope, async (tx) => {
    await lockTenant(tx, input.tenantId);
    await storeEntry(tx, scope, input);
  });
}

/** Adds guards to people, on the roster or not. An existing guard keeps its note. */
export async function addGuards(scope: Scope, input: AddGuards): Promise<{ added: number }> {
  authorize(scope, "roster.manage", [input.tenantId]);
  return transaction(scope, async (tx) => {
    await lockTenant(tx, input.tenantId);
    return { added: await storeGuards(tx, scope, input) };
  });
}

export async function removeGuard(scope: Scope, input: RemoveGuard): Promise<void> {
  authorize(scope, "roster.manage", [input.tenantId]);
  const { tenantId, userNameKey: guarded, kind, reason } = input;
  await transaction(scope, async (tx) => {
    await lockTenant(tx, tenantId);
    const { count } = await tx.personGuard.deleteMany({ where: { tenantId, userNameKey: guarded, kind } });
    if (count === 0) return;
    await recordGuardEvent(tx, scope, {
      action: "guard.removed",
      tenantId,
      addresses: [guarded],
      kind,
      reason,
    });
  });
}

/**
 * Excludes the people whom KnowBe4's CSV marks as not managed by provisioning. Those it marks as managed stay
 * unchanged. The file is read whole before anything is stored.
 */
export async function importExclusions(
  scope: Scope,
  input: ImportExclusions,
  bytes: AsyncIterable<Uint8Array>,
): Promise<{ added: number; known: number; managed: number; problems: { row: number; message: string }[] }> {
  authorize(scope, "roster.manage", [input.tenantId]);
  const { tenantId, note } = input;
  const { excluded, managed, problems } = await readExclusions(wholeUpload(bytes), input);
  return transaction(
    scope,
    async (tx) => {
      await lockTenant(tx, tenantId);
      const added = await storeGuards(tx, scope, { tenantId, kind: "excluded", addresses: excluded, note });
      return { added, known: excluded.length - added, managed, problems: problems.slice(0, 20) };
    },
    { timeoutMs: WHOLE_ROSTER_MS },
  );
}

/** @returns the number of new ones. */
async function storeGuards(tx: Transaction, scope: Scope, input: AddGuards): Promise<number> {
  const { tenantId, kind, addresses, note } = input;
  const keys = [...new Set(addresses.map(userNameKey))];
  const added = await tx.$queryRaw<{ key: string }[]>`
    INSERT INTO person_guard (tenant_id, user_name_key, kind, note, created_by)
    SELECT ${tenantId}::uuid, key, ${kind}, ${note}, ${operatorOf(scope)}::uuid FROM unnest(${keys}::text[]) AS key
    ON CONFLICT DO NOTHING RETURNING user_name_key AS key`;
  await recordGuardEvent(tx, scope, {
    action: "guard.added",
    tenantId,
    addresses: added.map(({ key }) => key),
    kind,
    reason: note,
  });
  return added.length;
}

type GuardEvent = {
  action: Extract<AuditAction, "guard.added" | "guard.removed">;
  tenantId: string;
  addresses: readonly string[];
  kind: string;
  reason: string;
};

/** Records one event a person: a guard changes how they are treated, so the log must name them. */
async function recordGuardEvent(
  tx: Transaction,
  scope: Scope,
  { action, tenantId, addresses, kind, reason }: GuardEvent,
): Promise<void> {
  await appendEvents(
    tx,
    scope,
    addresses.map((target) => ({ action, tenantId, target, result: kind, reason })),
  );
}

async function requireConfirmed(
  tx: Transaction,
  tenantId: string,
  scoping: NonNullable<SavePolicy["scoping"]>,
  confirmedOut: number,
): Promise<void> {
  const { out } = await readScopePreview(tx, { tenantId, scoping });
  if (out <= confirmedOut) return;
  const message = `This scope leaves out ${out.toLocaleString("en-GB")} of the people who are in scope now, and the next plan archives them. Nothing was saved. Review them and confirm that number.`;
  throw new AppError("conflict", message, { confirmedOut: message });
}

function savedSince(): AppError {
  return new AppError(
    "conflict",
    "Another operator saved this tenant's policy after you opened this page. Nothing was saved. Reload the page and make your change again.",
  );
}

/** Every row names the operator who made it; no system process creates any. */
function operatorOf({ actor }: Scope): string {
  if (actor.kind !== "operator") throw new AccessDeniedError("roster.manage");
  return actor.id;
}
