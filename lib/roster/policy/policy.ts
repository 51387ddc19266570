import { z } from "zod";
import { type AttributeKey, attributeKeys } from "@/lib/knowbe4/attributes";
import { conditionSchema, groupNameSchema } from "@/lib/roster/policy/condition";
import { expressionSchema } from "@/lib/roster/policy/expression";

/**
 * The attributes that a mapping decides: all but the address. People are matched by the address, so the source sets
 * it and no rule rewrites it (a rewritten match doubles the population).
 */
export const mappedKeys: readonly MappedKey[] = attributeKeys.filter((key) => key !== "userName");
export type MappedKey = Exclude<AttributeKey, "userName">;

/**
 * Whose value wins for an attribute. `source`: an operator's value applies until the source delivers one. `operator`:
 * it applies whatever the source delivers. `tenant`: KnowBe4's console, so Rollcall never writes it.
 */
const owners = ["source", "operator", "tenant"] as const;
export type Owner = (typeof owners)[number];

const ruleSchema = z.strictObject({
  /** Null: not mapped, so the roster never writes it. */
  expression: expressionSchema.nullable(),
  /** Written when an account is created, never later. */
  isCreateOnly: z.boolean(),
  owner: z.enum(owners),
  /** No change writes it. */
  isProtected: z.boolean(),
});

export type MappingRule = z.infer<typeof ruleSchema>;

/** Unnamed attributes keep the default: the field of the attribute's own name, owned by the source. */
export const mappingSchema = z
  .strictObject({ rules: z.partialRecord(z.enum(mappedKeys), ruleSchema).default({}) })
  .transform(({ rules }) => ({
    rules: Object.fromEntries(mappedKeys.map((key) => [key, rules[key] ?? identityRule(key)])) as Record<
      MappedKey,
      MappingRule
    >,
  }));

const clauseSchema = z
  .array(conditionSchema)
  .min(1, "This line has no condition. Add one, or remove the line.")
  .max(10, "One line holds at most 10 conditions. Remove some.");

/** A person is in scope who meets every condition of at least one clause; without clauses, everybody is. */
export const scopingSchema = z.strictObject({
  anyOf: z
    .array(clauseSchema)
    .max(10, "At most 10 lines of conditions are possible. Remove some.")
    .default([]),
});

export const groupingSchema = z.strictObject({
  /** Roster group to KnowBe4 group, compared without case. */
  names: z
    .array(z.strictObject({ from: groupNameSchema, to: groupNameSchema }))
    .max(1_000, "At most 1,000 names.")
    .default([]),
  /** Members of `group` are members of `within` too, through any number of levels. */
  nesting: z
    .array(z.strictObject({ group: groupNameSchema, within: groupNameSchema }))
    .max(1_000, "At most 1,000 nested groups.")
    .default([]),
  /** People who meet every condition join the KnowBe4 group. */
  rules: z
    .array(z.strictObject({ when: clauseSchema, group: groupNameSchema }))
    .max(500, "At most 500 rules.")
    .default([]),
  /** The target of roster groups that the name map lacks: the KnowBe4 group of the same name, or none. */
  others: z.enum(["same", "none"]).default("same"),
  /** Whether memberships changed elsewhere wait for a decision, or the roster follows each of them. */
  elsewhere: z.enum(["ask", "follow"]).default("ask"),
});

export type Mapping = z.output<typeof mappingSchema>;
export type Scoping = z.output<typeof scopingSchema>;
export type Grouping = z.output<typeof groupingSchema>;

/** How a tenant's roster becomes what KnowBe4 should hold. */
export type RosterPolicy = { mapping: Mapping; scoping: Scoping; grouping: Grouping };

/** Every attribute from the field of its own name, everybody in scope, no rules. */
export const defaultPolicy: RosterPolicy = {
  mapping: mappingSchema.parse({}),
  scoping: scopingSchema.parse({}),
  grouping: groupingSchema.parse({}),
};

/** The attributes that no change may write in this tenant: protected, or the console's own. */
export function protectedKeys({ mapping }: RosterPolicy): ReadonlySet<AttributeKey> {
  return new Set(mappedKeys.filter((key) => isUnwritten(mapping.rules[key])));
}

export function isUnwritten({ owner, isProtected }: MappingRule): boolean {
  return isProtected || owner === "tenant";
}

function identityRule(key: MappedKey): MappingRule {
  return {
    expression: { kind: "field", name: key },
    isCreateOnly: false,
    owner: "source",
    isProtected: false,
  };
}
