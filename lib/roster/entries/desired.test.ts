import fc from "fast-check";
import { expect, test } from "vitest";
import { toDesiredRoster } from "@/lib/roster/entries/desired";
import { anyEntries, makeEntry, withRules } from "@/test/entries";
import { defaultPolicy, type RosterPolicy } from "@/lib/roster/policy/policy";
import { toSample } from "@/lib/roster/sample";

const at = new Date("2026-11-21T08:00:00Z");
const salesOnly: RosterPolicy = {
  ...defaultPolicy,
  scoping: { anyOf: [[{ kind: "compare", field: "department", is: "equal", value: "Sales" }]] },
  grouping: {
    ...defaultPolicy.grouping,
    rules: [{ when: [{ kind: "presence", field: "userName", is: "present" }], group: "Everyone" }],
  },
};

test("an excluded person yields no account, and everybody else exactly one", () => {
  fc.assert(
    fc.property(anyEntries, fc.func(fc.boolean()), (entries, isExcluded) => {
      const keys = entries.map(({ userNameKey }) => userNameKey);
      const excluded = new Set(keys.filter((key) => isExcluded(key)));
      const { accounts } = toDesiredRoster({ entries, policy: salesOnly, excluded });
      expect(accounts.map(({ userNameKey }) => userNameKey)).toEqual(
        keys.filter((key) => !excluded.has(key)).sort(),
      );
    }),
  );
});

test("a person who leaves is not active, and nothing else is written to their account", () => {
  fc.assert(
    fc.property(anyEntries, (entries) => {
      const { accounts } = toDesiredRoster({ entries, policy: salesOnly, excluded: new Set() });
      for (const { active, leaving, values, createValues, groups } of accounts) {
        expect(active).toBe(leaving === null);
        if (leaving)
          expect({ values, createValues, groups }).toEqual({ values: {}, createValues: {}, groups: [] });
      }
    }),
  );
});

test("the order of the entries does not change the result", () => {
  fc.assert(
    fc.property(anyEntries, (entries) => {
      const wanted = (given: typeof entries) =>
        toDesiredRoster({ entries: given, policy: salesOnly, excluded: new Set() });
      expect(wanted(entries.toReversed())).toEqual(wanted(entries));
    }),
  );
});

test("the reasons for leaving are distinguished: left, absent from a listing, out of scope", () => {
  const inSales = { fields: { department: "Sales" } };
  const entries = [
    makeEntry("ana", { ...inSales, active: false, absentAt: at }),
    makeEntry("bo", { ...inSales, absentAt: at }),
    makeEntry("cy"),
    makeEntry("dee", { ...inSales, source: "csv", groups: ["Choir"] }),
  ];
  const { accounts, managedGroups } = toDesiredRoster({ entries, policy: salesOnly, excluded: new Set() });
  expect(accounts.map(({ leaving }) => leaving)).toEqual(["left", "absent", "out-of-scope", null]);
  expect(accounts[3]).toMatchObject({
    resourceId: "id-dee",
    values: { department: "Sales" },
    groups: ["Choir", "Everyone"],
    why: expect.stringContaining("CSV file"),
  });
  expect([...managedGroups]).toEqual(["everyone"]);
});

test("an adopted person is wanted exactly as they were found", () => {
  const fields = {
    givenName: "Zoë",
    department: "Sales",
    externalId: "rc-1",
    customDate1: "2026-11-21T00:00:00Z",
  };
  const { accounts } = toDesiredRoster({
    entries: [makeEntry("ana", { fields, groups: ["Choir"] })],
    policy: defaultPolicy,
    excluded: new Set(),
  });
  expect(accounts).toMatchObject([{ active: true, leaving: null, values: fields, groups: ["Choir"] }]);
});

test("a value that cannot be sent is reported with its person, and left out", () => {
  const problems: string[][] = [];
  const entries = [makeEntry("ana", { fields: { customDate1: "soon", title: "Clerk" } })];
  const { accounts } = toDesiredRoster(
    { entries, policy: defaultPolicy, excluded: new Set() },
    (...problem) => problems.push(problem),
  );
  expect(accounts[0]?.values).toEqual({ title: "Clerk" });
  expect(problems).toEqual([["ana@acme.example", "customDate1", expect.stringContaining("not a date")]]);
});

test("a hundred thousand entries yield as many accounts, and accounts share equal values", () => {
  const groups = Array.from({ length: 40 }, (_, at) => [`Group ${at}`, "Staff"]);
  const entries = Array.from({ length: 100_000 }, (_, at) =>
    makeEntry(`person${at}`, {
      fields: { givenName: `Given ${at}`, familyName: "Name", department: `Dept ${at % 40}`, title: "Clerk" },
      groups: groups[at % 40],
    }),
  );
  const { accounts } = toDesiredRoster({
    entries,
    policy: defaultPolicy,
    excluded: new Set(["person7@acme.example"]),
  });
  expect(accounts).toHaveLength(99_999);
  expect(new Set(accounts.map((account) => account.groups)).size).toBe(40);
  expect(accounts[0]?.values).toEqual({
    givenName: "Given 0",
    familyName: "Name",
    department: "Dept 0",
    title: "Clerk",
  });
});

test("a sample shows each attribute's value, its origin and its problem", () => {
  const policy = withRules({
    title: { isProtected: true },
    location: { owner: "tenant" },
    division: { expression: null },
    userType: { isCreateOnly: true, expression: { kind: "constant", value: "Staff" } },
  });
  const entry = makeEntry("ana", {
    fields: { title: "Clerk", givenName: "Ana", customDate1: "soon" },
    overrides: { familyName: "Dee", department: null },
  });
  const { attributes, ...sample } = toSample(policy, entry, true);
  const byKey = Object.fromEntries(attributes.map(({ key, ...rest }) => [key, rest]));
  expect(sample).toEqual({ userName: "ana@acme.example", isExcluded: true, leaving: null, groups: [] });
  expect(byKey).toMatchObject({
    title: { origin: "protected", value: null },
    location: { origin: "console", value: null },
    division: { origin: "unmapped", value: null },
    userType: { origin: "rule", value: "Staff", isCreateOnly: true },
    givenName: { origin: "rule", value: "Ana", problem: null },
    familyName: { origin: "operator", value: "Dee" },
    department: { origin: "operator", value: null },
    customDate1: { origin: "nothing", value: null, problem: expect.stringContaining("not a date") },
    hostname: { origin: "nothing", value: null, problem: null },
  });
});
