import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyEntries, anyListed, makeEntry, makeListed, withRules } from "@/test/entries";
import { toYieldingKeys } from "@/lib/roster/policy/mapping";
import { overlay } from "@/lib/roster/entries/overlay";
import { defaultPolicy } from "@/lib/roster/policy/policy";
import type { Listing, RosterEntry } from "@/lib/roster/model/types";

const at = new Date("2026-11-21T08:00:00Z");
const rules = { at, yielding: toYieldingKeys(defaultPolicy.mapping), idField: "externalId" };

const anyListing: fc.Arbitrary<Listing> = fc.record({
  source: fc.constant("csv" as const),
  mark: fc.constantFrom("complete" as const, "incomplete" as const, "delta" as const),
  people: anyListed,
});

function csv(mark: Listing["mark"], ...people: Listing["people"]): Listing {
  return { source: "csv", mark, people };
}

function byKey(entries: readonly RosterEntry[]): Map<string, RosterEntry> {
  return new Map(entries.map((entry) => [entry.userNameKey, entry]));
}

describe("whatever is delivered", () => {
  test("a blank or absent cell never clears", () => {
    fc.assert(
      fc.property(anyEntries, anyListing, (entries, listing) => {
        const after = byKey(overlay(entries, listing, rules).entries);
        for (const { userNameKey, fields } of entries) {
          for (const [name, value] of Object.entries(fields)) {
            const now = after.get(userNameKey)?.fields[name];
            expect(now).toBeDefined();
            if (now !== value) expect(now?.trim()).not.toBe("");
          }
        }
      }),
    );
  });

  test("nobody disappears, nobody appears twice, and an unchanged entry is the same object", () => {
    fc.assert(
      fc.property(anyEntries, anyListing, (entries, listing) => {
        const { entries: after, changed } = overlay(entries, listing, rules);
        expect(after.slice(0, entries.length).map((entry) => entry.userNameKey)).toEqual(
          entries.map((entry) => entry.userNameKey),
        );
        expect(byKey(after).size).toBe(after.length);
        expect(after.filter((entry) => !entries.includes(entry))).toEqual(changed);
      }),
    );
  });

  test("only a complete listing marks anybody absent, and never an operator's person", () => {
    fc.assert(
      fc.property(anyEntries, anyListing, (entries, listing) => {
        const after = byKey(overlay(entries, listing, rules).entries);
        for (const before of entries) {
          const isNew = after.get(before.userNameKey)?.absentAt && !before.absentAt;
          if (isNew) expect([listing.mark, before.source]).not.toContain("operator");
          if (isNew) expect(listing.mark).toBe("complete");
        }
      }),
    );
  });

  test("a second identical delivery changes nothing", () => {
    fc.assert(
      fc.property(anyEntries, anyListing, (entries, listing) => {
        const once = overlay(entries, listing, rules).entries;
        expect(overlay(once, listing, rules).changed).toEqual([]);
      }),
    );
  });
});

test("a complete listing marks absent those of its source and of the inventory that it does not name", () => {
  const entries = [
    makeEntry("ana", { source: "csv" }),
    makeEntry("bo", { source: "inventory" }),
    makeEntry("cy", { source: "operator" }),
    makeEntry("dee", { source: "csv" }),
  ];
  const { entries: after } = overlay(entries, csv("complete", makeListed("dee")), rules);
  expect(after.map(({ absentAt }) => absentAt)).toEqual([at, at, null, null]);
});

test("a person who appears again is no longer absent, and one who left stays away unless the source says active", () => {
  const entries = [
    makeEntry("ana", { source: "csv", absentAt: at }),
    makeEntry("bo", { active: false }),
    makeEntry("cy", { active: false }),
  ];
  const people = [makeListed("ANA"), makeListed("bo"), makeListed("cy", { active: true })];
  for (const mark of ["complete", "incomplete", "delta"] as const) {
    const { entries: after } = overlay(entries, csv(mark, ...people), rules);
    expect(after).toMatchObject([
      { active: true, absentAt: null },
      { active: false },
      { active: true, absentAt: null },
    ]);
  }
});

test("of two rows with one address, in any case, the first wins and the other is a problem", () => {
  const people = [
    makeListed("ana", { fields: { title: "First" } }),
    makeListed("ANA", { fields: { title: "Second", department: "Sales" } }),
  ];
  const { entries, problems } = overlay([], csv("complete", ...people), rules);
  expect(entries).toMatchObject([
    { userName: "ana@acme.example", fields: { title: "First" }, source: "csv" },
  ]);
  expect(entries[0]?.fields).toEqual({ title: "First" });
  expect(problems).toMatchObject([{ userName: "ANA@acme.example" }]);
});

test("an address that cannot be sent adds nobody to the roster", () => {
  const people = [makeListed("ana", { userName: "ana at acme" }), makeListed("bo")];
  const { entries, problems } = overlay([], csv("delta", ...people), rules);
  expect(entries.map(({ userNameKey }) => userNameKey)).toEqual(["bo@acme.example"]);
  expect(problems).toHaveLength(1);
});

test("a full listing takes over the people it names, and a delta leaves operators' people to them", () => {
  const entries = [makeEntry("ana", { source: "operator" }), makeEntry("bo")];
  const people = [makeListed("ana"), makeListed("bo")];
  const sourcesAfter = (mark: Listing["mark"]) =>
    overlay(entries, csv(mark, ...people), rules).entries.map(({ source }) => source);
  expect(sourcesAfter("complete")).toEqual(["csv", "csv"]);
  expect(sourcesAfter("incomplete")).toEqual(["csv", "csv"]);
  expect(sourcesAfter("delta")).toEqual(["operator", "csv"]);
});

test("an operator's value ends when the source that owns the attribute delivers one, and only then", () => {
  const policy = withRules({
    department: { expression: { kind: "field", name: "dept" } },
    location: { owner: "operator" },
  });
  const overrides = { title: "Boss", department: "Sales", location: "Oslo" };
  const listing = csv("delta", makeListed("ana", { fields: { dept: "HR", location: "Rome", title: " " } }));
  const [ana] = overlay([makeEntry("ana", { overrides })], listing, {
    ...rules,
    yielding: toYieldingKeys(policy.mapping),
  }).entries;
  expect(ana?.overrides).toEqual({ title: "Boss", location: "Oslo" });
  expect(ana?.fields).toEqual({ dept: "HR", location: "Rome" });
});

test("a listing without groups keeps them, and one with groups replaces them", () => {
  const entries = [makeEntry("ana", { groups: ["Staff"] }), makeEntry("bo", { groups: ["Staff"] })];
  const people = [makeListed("ana"), makeListed("bo", { groups: ["Nurses"] })];
  const { entries: after } = overlay(entries, csv("delta", ...people), rules);
  expect(after.map(({ groups }) => groups)).toEqual([["Staff"], ["Nurses"]]);
});

test("a new address with a known id is the same person, linked as before, not one who left and one who is new", () => {
  const entries = [makeEntry("ana.young", { fields: { externalId: "17", title: "Clerk" } })];
  const listing = csv("complete", makeListed("Ana.Old", { fields: { externalId: "17" } }));
  const { entries: after, changed, renames } = overlay(entries, listing, rules);
  expect(after).toEqual(changed);
  expect(after).toMatchObject([
    {
      userNameKey: "ana.old@acme.example",
      userName: "Ana.Old@acme.example",
      resourceId: "id-ana.young",
      fields: { externalId: "17", title: "Clerk" },
      absentAt: null,
    },
  ]);
  expect(renames).toEqual([{ from: "ana.young@acme.example", to: "ana.old@acme.example" }]);
});

test("an id does not rename a person who is still listed, nor where two share it, nor where it is blank", () => {
  const withId = (name: string, externalId: string) => makeEntry(name, { fields: { externalId } });
  const row = (name: string, externalId: string) => makeListed(name, { fields: { externalId } });
  const namesAfter = (entries: RosterEntry[], ...people: Listing["people"]) =>
    overlay(entries, csv("delta", ...people), rules).entries.map(
      ({ userNameKey }) => userNameKey.split("@")[0],
    );
  expect(namesAfter([withId("ana", "17")], row("new", "17"), row("ana", "17"))).toEqual(["ana", "new"]);
  expect(namesAfter([withId("ana", "17"), withId("bo", "17")], row("new", "17"))).toEqual([
    "ana",
    "bo",
    "new",
  ]);
  expect(namesAfter([withId("ana", "17")], row("new", "17"), row("newer", "17"))).toEqual([
    "ana",
    "new",
    "newer",
  ]);
  expect(namesAfter([withId("ana", " ")], row("new", " "))).toEqual(["ana", "new"]);
});
