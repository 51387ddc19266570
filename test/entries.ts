import fc from "fast-check";
import {
  type MappedKey,
  type MappingRule,
  type RosterPolicy,
  defaultPolicy,
} from "@/lib/roster/policy/policy";
import type { ListedPerson, RosterEntry } from "@/lib/roster/model/types";

/** A person of the inventory, by the address's part before the @. */
export function makeEntry(name: string, given: Partial<RosterEntry> = {}): RosterEntry {
  const userName = `${name}@acme.example`;
  return {
    userNameKey: userName.toLowerCase(),
    userName,
    source: "inventory",
    resourceId: `id-${name}`,
    fields: {},
    overrides: {},
    groups: [],
    active: true,
    absentAt: null,
    ...given,
  };
}

export function makeListed(name: string, given: Partial<ListedPerson> = {}): ListedPerson {
  return { userName: `${name}@acme.example`, fields: {}, groups: null, active: null, ...given };
}

/** The default policy with some of its rules replaced, part by part. */
export function withRules(rules: Partial<Record<MappedKey, Partial<MappingRule>>>): RosterPolicy {
  const merged = { ...defaultPolicy.mapping.rules };
  for (const [key, rule] of Object.entries(rules) as [MappedKey, Partial<MappingRule>][]) {
    merged[key] = { ...merged[key], ...rule };
  }
  return { ...defaultPolicy, mapping: { rules: merged } };
}

const names = ["ana", "bo", "cy", "dee", "eli", "flo"];
const fieldNames = ["title", "department", "location", "shoeSize", "customDate1"];
const values = fc.constantFrom(
  "Clerk",
  "Sales",
  " ",
  "",
  "Oslo",
  "Ærø",
  "2026-11-21",
  "x\u202ey",
  "a".repeat(300),
);

const fields = fc.dictionary(fc.constantFrom(...fieldNames), values);
const groups = fc.array(fc.constantFrom("Staff", "staff", "Nurses"), { maxLength: 2 });

/** People with few names and fields, so that a listing and a roster often share the same ones. */
export const anyEntries: fc.Arbitrary<RosterEntry[]> = fc
  .uniqueArray(fc.constantFrom(...names), { maxLength: 6 })
  .chain((chosen) =>
    fc.tuple(
      ...chosen.map((name) =>
        fc
          .record({
            source: fc.constantFrom("inventory" as const, "operator" as const, "csv" as const),
            fields,
            overrides: fc.dictionary(fc.constantFrom(...fieldNames), fc.option(values)),
            groups,
            active: fc.boolean(),
            absentAt: fc.option(fc.constant(new Date("2026-11-01T00:00:00Z"))),
          })
          .map((given) => makeEntry(name, given)),
      ),
    ),
  );

/** Rows of a delivery; some repeat an address in another case, some have no address. */
export const anyListed: fc.Arbitrary<ListedPerson[]> = fc.array(
  fc
    .record({
      name: fc.constantFrom(...names, "ANA", "Bo", "new"),
      fields,
      groups: fc.option(groups),
      active: fc.option(fc.boolean()),
    })
    .map(({ name, ...given }) => makeListed(name, given)),
  { maxLength: 8 },
);
