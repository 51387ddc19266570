import fc from "fast-check";
import { expect, test } from "vitest";
import { makeEntry } from "@/test/entries";
import { toFlattener, toGrouper, toManagedGroups } from "@/lib/roster/policy/group-rules";
import { toPersonView } from "@/lib/roster/model/person-view";
import { defaultPolicy, type Grouping } from "@/lib/roster/policy/policy";

const grouping: Grouping = {
  ...defaultPolicy.grouping,
  names: [{ from: "hr-all", to: "Human Resources" }],
  nesting: [
    { group: "hr-payroll", within: "hr-all" },
    { group: "HR-ALL", within: "Everyone" },
  ],
  rules: [
    { when: [{ kind: "compare", field: "department", is: "equal", value: "Sales" }], group: "Sales team" },
    { when: [{ kind: "compare", field: "location", is: "starts", value: "Oslo" }], group: "Norway" },
  ],
};

function groupsOf(given: Grouping, groups: string[], fields: Record<string, string> = {}) {
  return toGrouper(given)(toPersonView(makeEntry("ana", { groups, fields })));
}

test("a member of a nested group is a member of all its outer groups, through the name map", () => {
  expect(groupsOf(grouping, ["hr-payroll"])).toEqual(["Everyone", "hr-payroll", "Human Resources"]);
});

test("roster groups without a name in the map become the group of the same name, or none", () => {
  expect(groupsOf(grouping, ["Choir"])).toEqual(["Choir"]);
  expect(groupsOf({ ...grouping, others: "none" }, ["Choir", "hr-payroll"])).toEqual(["Human Resources"]);
});

test("a department or a location adds people to a group, and nobody else", () => {
  expect(groupsOf(grouping, [], { department: "sales", location: "Oslo North" })).toEqual([
    "Norway",
    "Sales team",
  ]);
  expect(groupsOf(grouping, ["Choir"], { department: "HR" })).toEqual(["Choir"]);
});

test("a group of two spellings is one group", () => {
  expect(groupsOf(grouping, ["STAFF", "staff", "Sales Team"], { department: "Sales" })).toEqual([
    "Sales Team",
    "STAFF",
  ]);
});

test("only groups that a rule or the name map names are managed, so no other is ever emptied", () => {
  expect([...toManagedGroups(grouping)].sort()).toEqual(["human resources", "norway", "sales team"]);
  expect(toManagedGroups(defaultPolicy.grouping).size).toBe(0);
});

test("a group that contains itself is flattened once", () => {
  const flatten = toFlattener([
    { group: "A", within: "B" },
    { group: "b", within: "c" },
    { group: "C", within: "a" },
    { group: "D", within: "D" },
  ]);
  expect(flatten("a")).toEqual(["a", "B", "c"]);
  expect(flatten("D")).toEqual(["D"]);
  expect(flatten("E")).toEqual(["E"]);
});

test("for any nesting, every reachable group is found, each once", () => {
  const name = fc.constantFrom("a", "b", "c", "d", "e");
  fc.assert(
    fc.property(
      fc.array(fc.record({ group: name, within: name }), { maxLength: 12 }),
      name,
      (nesting, start) => {
        const found = toFlattener(nesting)(start);
        expect(new Set(found).size).toBe(found.length);
        for (const { group, within } of nesting) if (found.includes(group)) expect(found).toContain(within);
        for (const each of found.slice(1)) {
          expect(nesting.some(({ group, within }) => within === each && found.includes(group))).toBe(true);
        }
      },
    ),
  );
});
