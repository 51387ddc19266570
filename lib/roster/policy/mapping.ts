import { type AttributeChanges, type AttributeValues, attributes } from "@/lib/knowbe4/attributes";
import { type ParsedAttribute, parseAttribute } from "@/lib/knowbe4/parse-attribute";
import { evaluate } from "@/lib/roster/policy/evaluate";
import { type Expression, fieldsOf } from "@/lib/roster/policy/expression";
import type { PersonView } from "@/lib/roster/model/person-view";
import { isUnwritten, type MappedKey, type Mapping, mappedKeys } from "@/lib/roster/policy/policy";
import type { FieldName, RosterEntry } from "@/lib/roster/model/types";

/** A rule that writes an attribute, prepared for many people. */
export type ActiveRule = {
  key: MappedKey;
  expression: Expression;
  isCreateOnly: boolean;
  /** Recently parsed values. */
  parsed: Map<string, ParsedAttribute>;
};

export type MappedValues = { values: AttributeChanges; createValues: AttributeValues };

/** Called with a value that was left out because it cannot be sent. */
export type OnProblem = (key: MappedKey, message: string) => void;

/** The rules that write: not unmapped, not protected, not left to the console. */
export function toActiveRules({ rules }: Mapping): ActiveRule[] {
  return mappedKeys.flatMap((key) => {
    const rule = rules[key];
    const { expression, isCreateOnly } = rule;
    return expression === null || isUnwritten(rule)
      ? []
      : [{ key, expression, isCreateOnly, parsed: new Map() }];
  });
}

/**
 * Computes a person's values. An operator's decision comes before the rule, and only an operator's null clears a
 * value. A rule without a result states nothing, and a value that does not parse is left out with a problem. So an
 * error in a source never empties what a tenant holds.
 */
export function mapPerson(
  rules: readonly ActiveRule[],
  entry: RosterEntry,
  person: PersonView,
  onProblem: OnProblem,
): MappedValues {
  const values: AttributeChanges = {};
  const createValues: AttributeValues = {};
  for (const rule of rules) {
    const { key, isCreateOnly } = rule;
    const raw = toRaw(rule, entry, person, onProblem);
    if (raw === undefined) continue;
    if (raw === null) {
      if (!isCreateOnly) values[key] = null;
      continue;
    }
    const parsed = parseOften(rule, raw);
    if (!parsed.ok) onProblem(key, parsed.message);
    else if (isCreateOnly) createValues[key] = parsed.value;
    else values[key] = parsed.value;
  }
  return { values, createValues };
}

/** Undefined: no statement. Null: an operator clears it. */
function toRaw(
  { key, expression }: ActiveRule,
  entry: RosterEntry,
  person: PersonView,
  onProblem: OnProblem,
): string | null | undefined {
  if (Object.hasOwn(entry.overrides, key)) {
    const decided = entry.overrides[key] ?? null;
    return decided?.trim() === "" ? undefined : decided;
  }
  // The rule of nearly every attribute, and the only one worth avoiding a closure for each person and attribute.
  if (expression.kind === "field") return person.field(expression.name) ?? undefined;
  return evaluate(expression, person, (message) => onProblem(key, message)) ?? undefined;
}

/**
 * The operators' values that end when a source delivers a field: those of attributes that the source owns and whose
 * rule passes that field on.
 */
export function toYieldingKeys({ rules }: Mapping): ReadonlyMap<FieldName, readonly MappedKey[]> {
  const yielding = new Map<FieldName, MappedKey[]>();
  for (const key of mappedKeys) {
    const { expression, owner } = rules[key];
    if (expression === null || owner !== "source") continue;
    for (const name of fieldsOf(expression)) yielding.set(name, [...(yielding.get(name) ?? []), key]);
  }
  return yielding;
}

/** The field with the source's own id of a person; null where the external id is computed otherwise. */
export function toIdField({ rules }: Mapping): FieldName | null {
  const { expression } = rules.externalId;
  return expression?.kind === "field" ? expression.name : null;
}

const plainText = /^[!-~](?:[ -~]{0,253}[!-~])?$/;

/** Parsed values cached for an attribute: departments and dates recur, phone numbers do not. */
const PARSED_MAX = 2_000;

/** parseAttribute without its costlier checks for plain ASCII text and recently parsed values. */
function parseOften({ key, parsed }: ActiveRule, raw: string): ParsedAttribute {
  const { kind, lengthMax } = attributes[key];
  if (kind === "text" && raw.length <= lengthMax && plainText.test(raw)) return { ok: true, value: raw };
  const known = parsed.get(raw);
  if (known) return known;
  const fresh = parseAttribute(key, raw);
  if (parsed.size < PARSED_MAX) parsed.set(raw, fresh);
  return fresh;
}
