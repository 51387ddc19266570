import "server-only";
import type { Transaction } from "@/lib/db/transaction";
import { notFound } from "@/lib/errors";
import { userNameKey } from "@/lib/knowbe4/user-name-key";
import { readAccounts, readElsewhere, readGroups, type Wanted } from "@/lib/changes/plan/facts-directory";
import { readPast } from "@/lib/changes/plan/facts-past";
import { readFleet, readTenants, readUnguarded } from "@/lib/changes/plan/facts-rails";
import { readRoster, requireImport } from "@/lib/changes/plan/facts-roster";
import { type Intent, tenantIdsOf } from "@/lib/changes/model/intent";
import { unwatched, type Watch } from "@/lib/changes/model/watch";
import type {
  DomainOwners,
  FleetFacts,
  Guard,
  PastOperation,
  RosterFacts,
  TenantFacts,
} from "@/lib/changes/model/plan-types";
import { readGuards } from "@/lib/roster/entries/read-guards";

export type PlanFacts = { tenants: TenantFacts[]; owners: DomainOwners; fleet: FleetFacts };

/**
 * Reads what the planner compares an intent with: the tenants and their rails, the accounts and groups it refers to,
 * and for a roster the wanted people.
 * @param changeId the change that is planned again; its own held lines do not count as another change's.
 * @throws AppError not-found when a tenant, a file or a change of the intent is outside the scope.
 */
export async function readFacts(
  tx: Transaction,
  intent: Intent,
  changeId: string | null = null,
  watch: Watch = unwatched,
): Promise<PlanFacts> {
  const tenantIds = tenantIdsOf(intent);
  const rows = await readTenants(tx, tenantIds);
  if (rows.length !== tenantIds.length) throw notFound("tenant");
  if (intent.kind === "import") await requireImport(tx, intent);
  const guards = Map.groupBy(await readGuards(tx, tenantIds), ({ tenantId }) => tenantId);
  const unguarded = Map.groupBy(await readUnguarded(tx, tenantIds), ({ tenantId }) => tenantId);
  const pasts = await readPasts(tx, intent);
  const tenants: TenantFacts[] = [];
  for (const row of rows) {
    await watch("reading", tenants.length, rows.length);
    const roster = await readRosterOf(tx, row.id, intent, changeId);
    const past = pasts.get(row.id) ?? [];
    const wanted = toWanted(row.id, intent, roster, past);
    const accounts = await readAccounts(tx, row.id, wanted);
    tenants.push({
      ...row,
      guards: toGuards(guards.get(row.id) ?? []),
      unguarded: new Set(unguarded.get(row.id)?.map(({ userNameKey: key }) => key)),
      accounts,
      groups: await readGroups(tx, row.id),
      elsewhere: await readElsewhere(tx, row.id, toNewKeys(wanted, roster, accounts)),
      roster,
      past,
    });
  }
  return { tenants, owners: await readDomainOwners(tx), fleet: await readFleet(tx) };
}

async function readPasts(tx: Transaction, intent: Intent): Promise<Map<string, PastOperation[]>> {
  return intent.kind === "undo" || intent.kind === "retry" ? readPast(tx, intent) : new Map();
}

async function readRosterOf(
  tx: Transaction,
  tenantId: string,
  intent: Intent,
  changeId: string | null,
): Promise<RosterFacts | null> {
  const isRoster = intent.kind === "import" || intent.kind === "reconcile";
  return isRoster ? readRoster(tx, tenantId, intent, changeId) : null;
}

/** The part of a directory that an intent may refer to; all of it for a whole roster. */
function toWanted(
  tenantId: string,
  intent: Intent,
  roster: RosterFacts | null,
  past: readonly PastOperation[],
): Wanted {
  if (roster?.isWhole) return "everybody";
  if (roster) {
    const { accounts } = roster.desired;
    return {
      keys: accounts.map(({ userNameKey: key }) => key),
      resourceIds: accounts.flatMap(({ resourceId }) => resourceId ?? []),
      externalIds: accounts
        .map(({ values, createValues }) => values.externalId ?? createValues.externalId)
        .filter((id) => typeof id === "string"),
    };
  }
  if ("accounts" in intent) {
    const named: readonly Named[] = intent.accounts;
    const accounts = named.filter((account) => account.tenantId === tenantId);
    return {
      keys: accounts.map(({ userName }) => userNameKey(userName)),
      resourceIds: accounts.map(({ resourceId }) => resourceId).filter((id) => id !== undefined),
      externalIds: [],
    };
  }
  return {
    keys: past.map(({ target }) => userNameKey(target)),
    resourceIds: past.flatMap(toResourceIds),
    externalIds: [],
  };
}

/** An account of an intent; an existing one is also given by its resource. */
type Named = { tenantId: string; userName: string; resourceId?: string };

function toResourceIds({ resourceId, intent }: PastOperation): string[] {
  const members = "members" in intent ? intent.members : [];
  return [resourceId, ...members.map((member) => member.resourceId)].filter((id) => id !== null);
}

/** Addresses that no account here has: creating them may conflict with an account of another tenant. */
function toNewKeys(wanted: Wanted, roster: RosterFacts | null, accounts: TenantFacts["accounts"]): string[] {
  const there = new Set(accounts.map(({ userName }) => userNameKey(userName)));
  const keys =
    wanted === "everybody"
      ? (roster?.desired.accounts ?? []).filter(({ active }) => active).map(({ userNameKey: key }) => key)
      : wanted.keys;
  return keys.filter((key) => !there.has(key));
}

function toGuards(people: readonly { userNameKey: string; kind: Guard }[]): Map<string, Guard[]> {
  const guards = new Map<string, Guard[]>();
  for (const { userNameKey: key, kind } of people) guards.set(key, [...(guards.get(key) ?? []), kind]);
  return guards;
}

/**
 * A rail must judge alike for every reader, so the domains are those of all tenants. Names are only those of the scope:
 * another one would show a technician whom the MSP serves.
 */
async function readDomainOwners(tx: Transaction): Promise<DomainOwners> {
  const rows = await tx.$queryRaw<{ domain: string; name: string | null }[]>`
    SELECT coalesce(owned.domain, '') AS domain,
           (SELECT min(t.name) FROM tenant t WHERE t.state <> 'disconnected' AND owned.domain = ANY (t.domains)) AS name
      FROM owned_domains() AS owned (domain)`;
  return new Map(rows.map(({ domain, name }) => [domain, name]));
}
