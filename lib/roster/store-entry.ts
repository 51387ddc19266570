import "server-only";
import { appendEvent } from "@/lib/audit/log/append";
import type { Scope } from "@/lib/auth/scope";
import type { Transaction } from "@/lib/db/transaction";
import { AppError } from "@/lib/errors";
import { parseAttribute } from "@/lib/knowbe4/parse-attribute";
import { userNameKey } from "@/lib/knowbe4/user-name-key";
import { decide } from "@/lib/roster/entries/decide";
import { protectedKeys } from "@/lib/roster/policy/policy";
import { readEntries } from "@/lib/roster/entries/read-entries";
import { readPolicy } from "@/lib/roster/policy/read-policy";
import type { SetEntry } from "@/lib/roster/schema";
import type { RosterEntry } from "@/lib/roster/model/types";
import { writeEntries } from "@/lib/roster/entries/write-entries";

/**
 * Writes one person's entry as an operator decided it, with its event. Inner part of a mutation that has authorized.
 * @throws AppError invalid for an address or an attribute that cannot be written.
 */
export async function storeEntry(tx: Transaction, scope: Scope, input: SetEntry): Promise<void> {
  const { tenantId, fields, forget, active, reason } = input;
  requireUnprotected(fields, protectedKeys(await readPolicy(tx, tenantId)));
  const key = userNameKey(input.userName);
  const [before = null] = await readEntries(tx, { tenantId, keys: [key] });
  const userName = before?.userName ?? toNewAddress(input.userName);
  const decided = decide(before, key, { userName, resourceId: null, fields, active }, () => []);
  const kept = Object.entries(decided.overrides).filter(([name]) => !forget.includes(name));
  const after = { ...decided, overrides: Object.fromEntries(kept) };
  await writeEntries(tx, { tenantId, updatedBy: scope.actor.name, entries: [after] });
  await appendEvent(tx, scope, {
    action: "roster.changed",
    tenantId,
    target: userName,
    result: before ? "ok" : "added",
    reason,
    before: before ? toRecorded(before) : undefined,
    after: toRecorded(after),
  });
}

/** A list of names and values: the log refuses fields named like secrets, and one attribute is. */
function toRecorded({ source, active, overrides }: RosterEntry) {
  const decided = Object.entries(overrides).map(([field, value]) => ({ field, value }));
  return { source, active, decided };
}

function requireUnprotected(fields: SetEntry["fields"], untouchable: ReadonlySet<string>): void {
  const name = Object.keys(fields).find((field) => untouchable.has(field));
  if (name === undefined) return;
  const message = `The tenant's mapping never writes ${name}. Nothing was saved. Change the mapping first.`;
  throw new AppError("invalid", message, { [`fields.${name}`]: message });
}

function toNewAddress(raw: string): string {
  const address = parseAttribute("userName", raw);
  if (!address.ok) throw new AppError("invalid", address.message, { userName: address.message });
  return address.value;
}
