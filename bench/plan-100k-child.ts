import { makePlan } from "@/lib/changes/plan/plan";
import type { AccountFacts, FleetFacts, TenantFacts } from "@/lib/changes/model/plan-types";
import type { AttributeKey } from "@/lib/knowbe4/attributes";
import type { DesiredAccount } from "@/lib/roster/model/types";

/*
 * One measurement of bench/plan-100k.ts, in a process of its own: writes PlanFigures to stdout as JSON.
 */
const PEOPLE = 100_000;

/** Every fiftieth person has another department than the roster wants. */
const DIFFERING = 50;
const tenantId = "00000000-0000-4000-8000-000000000001";
const keys = ["givenName", "familyName", "department", "title", "location", "employeeNumber"] as const;

function makeDirectory(): AccountFacts[] {
  return Array.from({ length: PEOPLE }, (_, index) => {
    const values = makeValues(index);
    return asRead<AccountFacts>({
      resourceId: `r-${index}`,
      userName: `person.${index}@acme.example`,
      displayName: `${values.givenName} ${values.familyName}`,
      active: true,
      attributes: {
        ...values,
        userName: `person.${index}@acme.example`,
        department: index % DIFFERING === 0 ? "Elsewhere" : values.department,
      },
      groupIds: ["g-staff"],
    });
  });
}

/** Nearly everybody is linked, as after a first sync; one in ten is found by address. */
function makeDesired(): DesiredAccount[] {
  return Array.from({ length: PEOPLE }, (_, index) =>
    asRead<DesiredAccount>({
      userNameKey: `person.${index}@acme.example`,
      userName: `person.${index}@acme.example`,
      resourceId: index % 10 === 1 ? null : `r-${index}`,
      active: true,
      leaving: null,
      values: makeValues(index),
      createValues: {},
      groups: ["Staff"],
      why: "On the roster by a CSV file",
    }),
  );
}

/** One flat string, as a database returns it, not a rope that its first reader has to flatten. */
function asRead<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value)) as Value;
}

function makeValues(index: number) {
  return {
    givenName: `Given ${index % 997}`,
    familyName: `Family ${index}`,
    department: `Department ${index % 40}`,
    title: `Title ${index % 200}`,
    location: `Site ${index % 12}`,
    employeeNumber: `E${index}`,
  };
}

function makeFacts(desired: readonly DesiredAccount[], accounts: readonly AccountFacts[]): TenantFacts {
  const limit = { min: 3, share: 0.1 };
  return {
    id: tenantId,
    name: "Acme",
    mode: "source",
    state: "healthy",
    domains: ["acme.example"],
    readAt: new Date(0),
    active: PEOPLE,
    rails: {
      limits: { archive: limit, restore: limit, members_remove: limit },
      allowCreate: true,
      allowUpdate: true,
      allowArchive: true,
      seats: null,
    },
    lastDay: { archive: 0, restore: 0, members_remove: 0 },
    pendingActive: 0,
    protectedKeys: new Set(),
    guards: new Map(),
    unguarded: new Set(),
    accounts,
    groups: [{ resourceId: "g-staff", displayName: "Staff" }],
    elsewhere: new Set(),
    roster: {
      desired: { accounts: desired, managedGroups: new Set(["staff"]), excluded: new Set() },
      listing: null,
      isWhole: true,
      linkedIds: new Set(accounts.flatMap(({ resourceId }, index) => (index % 10 === 1 ? [resourceId] : []))),
      heldElsewhere: new Set(),
    },
    past: [],
  };
}

const fleet: FleetFacts = {
  active: PEOPLE,
  lastDay: { archive: 0, restore: 0, members_remove: 0 },
  limit: { min: 3, share: 0.1 },
};

function planAll(facts: TenantFacts): number {
  const plan = makePlan({ kind: "reconcile", tenantIds: [tenantId] }, [facts], new Map(), fleet);
  return plan.runs[0]?.operations.length ?? 0;
}

/** The yardstick: a Map by address that compares the same fields and collects the differences. */
function diffBarely(desired: readonly DesiredAccount[], accounts: readonly AccountFacts[]): number {
  const byKey = new Map<string, AccountFacts>();
  for (const account of accounts) byKey.set(account.userName.trim().normalize("NFC").toLowerCase(), account);
  const changes: { userName: string; changes: Record<string, string | null> }[] = [];
  for (const wanted of desired) {
    const account = byKey.get(wanted.userNameKey);
    if (!account) continue;
    const differing: Record<string, string | null> = {};
    let isDifferent = false;
    for (const key of keys satisfies readonly AttributeKey[]) {
      const after = wanted.values[key];
      if (after === undefined || after === account.attributes[key]) continue;
      differing[key] = after;
      isDifferent = true;
    }
    if (isDifferent) changes.push({ userName: wanted.userName, changes: differing });
  }
  return changes.length;
}

/** Processor time of this thread, which other work on the machine does not increase. */
function time(work: () => number): number {
  const before = process.threadCpuUsage();
  const found = work();
  const { user, system } = process.threadCpuUsage(before);
  if (found !== PEOPLE / DIFFERING) throw new Error(`${found} lines instead of ${PEOPLE / DIFFERING}`);
  return (user + system) / 1_000;
}

const accounts = makeDirectory();
const desired = makeDesired();
const facts = makeFacts(desired, accounts);
const planMs = time(() => planAll(facts));
const peakMb = process.resourceUsage().maxRSS / 1_024;
const bareMs = time(() => diffBarely(desired, accounts));
process.stdout.write(JSON.stringify({ planMs, bareMs, peakMb }));
