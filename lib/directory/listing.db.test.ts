import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Scope } from "@/lib/auth/scope";
import { transaction } from "@/lib/db/transaction";
import { listAccounts } from "@/lib/directory/data";
import {
  type AccountFilter,
  BOUNDS,
  searchAccounts,
  type Place,
  type PlacedRow,
} from "@/lib/directory/search-accounts";
import { type MirroredPerson, mirrorPeople } from "@/lib/directory/people-under-test";
import { toSearchWords, toSortKey, toTerms } from "@/lib/directory/search-words";
import { makeOperator } from "@/test/scope";
import { openPlanning, type Planning } from "@/test/planning";

let planning: Planning;
let owner: Scope;

beforeAll(async () => {
  planning = await openPlanning();
  ({ scope: owner } = await makeOperator(planning.database, "owner"));
});
afterAll(() => planning?.close());

async function addTenant(state = "healthy"): Promise<string> {
  const id = randomUUID();
  await planning.rows("INSERT INTO tenant (id, name, tenant_url, state) VALUES ($1, $2, 'https://x', $3)", [
    id,
    `Tenant ${id}`,
    state,
  ]);
  return id;
}

async function addGroup(tenantId: string, name: string, memberIds: readonly string[]): Promise<void> {
  const id = randomUUID();
  await planning.rows(
    "INSERT INTO directory_group (tenant_id, resource_id, display_name, members, seen_at) VALUES ($1, $2, $3, $4, now())",
    [tenantId, id, name, memberIds.length],
  );
  await planning.rows("INSERT INTO directory_membership SELECT $1, $2, unnest($3::text[])", [
    tenantId,
    id,
    memberIds,
  ]);
}

const technicianOf = async (...tenantIds: string[]) =>
  (await makeOperator(planning.database, "technician", tenantIds)).scope;

async function namesFound(scope: Scope, filter: AccountFilter): Promise<string[]> {
  return (await listAccounts(scope, filter)).rows.map(({ displayName }) => displayName);
}

describe("a search", () => {
  let tenantId: string;
  let otherId: string;
  beforeAll(async () => {
    [tenantId, otherId] = [await addTenant(), await addTenant()];
    await mirrorPeople(planning.rows, {
      tenantId,
      people: [
        {
          resourceId: "r1",
          displayName: "Anna Müller",
          userName: "anna.muller@acme.example",
          attributes: { title: "Compliance Officer", employeeNumber: "E-1047", externalId: "emp-1047" },
        },
        { resourceId: "r2", displayName: "Bea Muller", userName: "bea@acme.example", active: false },
      ],
    });
    await mirrorPeople(planning.rows, {
      tenantId: otherId,
      people: [{ resourceId: "r1", displayName: "Anna Elsewhere", userName: "anna@other.example" }],
    });
  });

  test.for([
    ["müller anna", ["Anna Müller"]],
    ["Anna Muller", ["Anna Müller"]],
    ["MULL", ["Anna Müller", "Bea Muller"]],
    ["anna.muller@ac", ["Anna Müller"]],
    ["officer compliance", ["Anna Müller"]],
    ["emp-1047", ["Anna Müller"]],
    ["1047", ["Anna Müller"]],
    ["acme.example", ["Anna Müller", "Bea Muller"]],
    ["nna", []],
    ["%", []],
    ["'; DROP TABLE directory_word; --", []],
  ] as const)("for %s finds %j", async ([text, names]) => {
    expect(await namesFound(owner, { tenantId, text })).toEqual(names);
  });

  test("by a technician finds nobody in a tenant without a grant, named or not", async () => {
    const technician = await technicianOf(tenantId);
    expect(await namesFound(technician, { text: "anna" })).toEqual(["Anna Müller"]);
    expect(await namesFound(technician, { text: "elsewhere" })).toEqual([]);
    expect(await namesFound(technician, { tenantId: otherId, text: "anna" })).toEqual([]);
    expect(await namesFound(owner, { text: "elsewhere" })).toEqual(["Anna Elsewhere"]);
  });

  test("finds people by their current name, and not by an earlier one", async () => {
    const person = { resourceId: "r9", displayName: "Cora Before", userName: "cora@acme.example" };
    await mirrorPeople(planning.rows, { tenantId, people: [person] });
    const [displayName, userName] = ["Cora After", "cora@acme.example"];
    await planning.rows(
      "UPDATE directory_user SET display_name = $2, sort_key = $3, words = $4 WHERE tenant_id = $1 AND resource_id = 'r9'",
      [tenantId, displayName, toSortKey(displayName), toSearchWords({ displayName, userName })],
    );
    expect(await namesFound(owner, { tenantId, text: "cora before" })).toEqual([]);
    expect(await namesFound(owner, { tenantId, text: "cora after" })).toEqual(["Cora After"]);
    await planning.rows("DELETE FROM directory_user WHERE tenant_id = $1 AND resource_id = 'r9'", [tenantId]);
    expect(await namesFound(owner, { tenantId, text: "cora" })).toEqual([]);
    expect(await planning.rows("SELECT word FROM directory_word WHERE resource_id = 'r9'")).toEqual([]);
  });

  test("finds nobody in a disconnected tenant", async () => {
    const goneId = await addTenant("disconnected");
    await mirrorPeople(planning.rows, {
      tenantId: goneId,
      people: [{ resourceId: "r1", displayName: "Gone Gunther", userName: "gunther@gone.example" }],
    });
    expect(await namesFound(owner, { text: "gunther" })).toEqual([]);
    expect(await namesFound(owner, { tenantId: goneId })).toEqual([]);
  });
});

test("pages show everybody once while people are added and removed between them", async () => {
  const tenantId = await addTenant();
  const standing = Array.from({ length: 450 }, (_, index) => ({
    resourceId: `s${index}`,
    displayName: `Person ${String(index % 90).padStart(3, "0")}`,
    userName: `s${index}@pages.example`,
    active: index % 3 > 0,
  }));
  await mirrorPeople(planning.rows, { tenantId, people: standing });
  for (const filter of [{ tenantId }, { tenantId, text: "person" }]) {
    const seen: string[] = [];
    let after: string | undefined;
    for (let page = 0; page === 0 || after !== undefined; page += 1) {
      const { rows, next } = await listAccounts(owner, { ...filter, after });
      seen.push(...rows.map(({ resourceId }) => resourceId).filter((id) => id.startsWith("s")));
      after = next ?? undefined;
      const resourceId = `c${page}-${randomUUID()}`;
      const people = ["Aaa", "Person 045", "Zzz"].map((displayName, index) => ({
        resourceId: `${resourceId}-${index}`,
        displayName: `${displayName} person`,
        userName: `${resourceId}-${index}@pages.example`,
      }));
      await mirrorPeople(planning.rows, { tenantId, people });
    }
    expect(seen.toSorted()).toEqual(standing.map(({ resourceId }) => resourceId).toSorted());
  }
});

describe("every way to a page", () => {
  const names = [
    "Anna Ames",
    "Anna Bell",
    "Ánna Cole",
    "Bo Ames",
    "Bo Bell",
    "Cy Ames",
    "Cy Cole",
    "Di Bell",
  ];
  const groups = ["Staff", "Board", "Choir"];
  type Standing = MirroredPerson & { tenantId: string; groups: string[] };
  const people: Standing[] = [];
  let tenantIds: string[];
  let technician: Scope;

  beforeAll(async () => {
    tenantIds = await Promise.all([addTenant(), addTenant(), addTenant(), addTenant()]);
    for (const [t, tenantId] of tenantIds.entries()) {
      const own = Array.from({ length: 24 }, (_, index) => ({
        tenantId,
        resourceId: `p${index}`,
        displayName: names[(index * (t + 1)) % names.length] ?? "",
        userName: `w${t}.${index}@every.example`,
        active: index % 4 > 0,
        attributes: { title: index % 5 === 0 ? "Everyday Chief" : "Everyday Clerk" },
        groups: groups.filter((_group, place) => index % (place * 3 + 1) === 0),
      }));
      people.push(...own);
      await mirrorPeople(planning.rows, { tenantId, people: own });
      for (const name of groups)
        await addGroup(
          tenantId,
          name,
          own.filter((each) => each.groups.includes(name)).map(({ resourceId }) => resourceId),
        );
    }
    technician = await technicianOf(...tenantIds.slice(0, 2));
  });

  /** The expected list, computed without a database. "everyday" excludes the people of other tests. */
  function expected(scope: Scope, filter: AccountFilter): string[] {
    return people
      .filter(({ tenantId }) => scope.tenants === "all" || scope.tenants.includes(tenantId))
      .filter(({ tenantId }) => !filter.tenantId || tenantId === filter.tenantId)
      .filter(({ active }) => !filter.state || active === (filter.state === "active"))
      .filter((each) => !filter.group || each.groups.includes(filter.group))
      .filter(({ attributes, ...each }) =>
        toTerms(filter.text ?? "").every((term) =>
          toSearchWords({ ...each, ...attributes }).includes(` ${term}`),
        ),
      )
      .map(({ displayName, tenantId, resourceId }) => `${toSortKey(displayName)} ${tenantId} ${resourceId}`)
      .toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  }

  async function listed(scope: Scope, filter: AccountFilter, bounds: typeof BOUNDS): Promise<string[]> {
    const limit = 7;
    const found: string[] = [];
    for (let after: Place | null = null; ; ) {
      const at: Place | null = after;
      const rows: PlacedRow[] = await transaction(scope, (tx) =>
        searchAccounts(tx, scope, { filter, after: at, limit, bounds }),
      );
      found.push(...rows.map(({ sortKey, tenantId, resourceId }) => `${sortKey} ${tenantId} ${resourceId}`));
      after = rows.at(-1) ?? null;
      if (rows.length < limit) return found;
    }
  }

  test("gives the same people in the same order, whatever is common and whoever looks", async () => {
    const options = { nil: undefined };
    const filters = fc.record({
      tenant: fc.option(fc.nat(3), options),
      words: fc.uniqueArray(
        fc.constantFrom("anna", "bo", "AMES", "cóle", "chief", "w1", "cl", "every.example"),
      ),
      state: fc.option(fc.constantFrom("active" as const, "archived" as const), options),
      group: fc.option(fc.constantFrom(...groups), options),
      bounds: fc.constantFrom(
        BOUNDS,
        { common: 1, commonGroup: 1, walked: 9, fewTenants: 1 },
        { common: 30, commonGroup: 9, walked: 40, fewTenants: 0 },
        { common: 5, commonGroup: 5, walked: 200, fewTenants: 9 },
      ),
      isOwner: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(filters, async ({ tenant, words, state, group, bounds, isOwner }) => {
        const scope = isOwner ? owner : technician;
        const tenantId = tenant === undefined ? undefined : tenantIds[tenant];
        const filter = { tenantId, state, group, text: ["everyday", ...words].join(" ") };
        expect(await listed(scope, filter, bounds)).toEqual(expected(scope, filter));
      }),
      { seed: 8, numRuns: 120 },
    );
  });

  test("also serves lists without a search, where only a tenant, a group or a state is given", async () => {
    const [tenantId] = tenantIds;
    for (const filter of [
      { tenantId },
      { tenantId, state: "archived" as const },
      { tenantId, group: "Choir" },
    ])
      expect(await listed(owner, filter, BOUNDS)).toEqual(expected(owner, filter));
    for (const bounds of [BOUNDS, { ...BOUNDS, fewTenants: 1 }])
      expect(await listed(technician, {}, bounds)).toEqual(expected(technician, {}));
    expect(await listed(technician, { group: "Staff" }, BOUNDS)).toEqual(
      expected(technician, { group: "Staff" }),
    );
  });
});
