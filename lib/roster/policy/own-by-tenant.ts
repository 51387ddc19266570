import "server-only";
import { appendEvent } from "@/lib/audit/log/append";
import type { Scope } from "@/lib/auth/scope";
import type { Transaction } from "@/lib/db/transaction";
import { type MappedKey, mappedKeys } from "@/lib/roster/policy/policy";
import { toPolicyChanges } from "@/lib/roster/policy/policy-changes";
import { readPolicyVersion } from "@/lib/roster/policy/read-policy";

/**
 * Leaves attributes to the tenant's own console: Rollcall no longer writes them. For memberships the roster follows the
 * console, because plans still write them. Inner part of a decision; the caller has authorized it and locked the
 * tenant's row.
 * @param fields attribute keys or `membership`; fields that no policy decides (the address) are skipped.
 */
export async function ownByTenant(
  tx: Transaction,
  scope: Scope,
  input: {
    tenantId: string;
    operatorId: string;
    tenantName: string;
    fields: readonly string[];
    reason: string;
  },
): Promise<void> {
  const { tenantId, operatorId, tenantName, reason } = input;
  const keys = mappedKeys.filter((key: MappedKey) => input.fields.includes(key));
  const { policy: before, version } = await readPolicyVersion(tx, tenantId);
  const rules = { ...before.mapping.rules };
  for (const key of keys) rules[key] = { ...rules[key], owner: "tenant" };
  const elsewhere = input.fields.includes("membership") ? "follow" : before.grouping.elsewhere;
  const after = {
    ...before,
    mapping: { ...before.mapping, rules },
    grouping: { ...before.grouping, elsewhere } as const,
  };
  const changes = toPolicyChanges(before, after);
  if (changes.length === 0) return;
  const data = { ...after, version: version + 1, updatedAt: new Date(), updatedById: operatorId };
  await tx.rosterPolicy.upsert({
    where: { tenantId },
    create: { tenantId, ...data },
    update: data,
    select: { version: true },
  });
  await appendEvent(tx, scope, {
    action: "policy.changed",
    tenantId,
    target: tenantName,
    result: "ok",
    reason,
    details: { changes },
  });
}
