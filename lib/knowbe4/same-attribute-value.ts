import { type AttributeKey, attributes } from "@/lib/knowbe4/attributes";
import { readText } from "@/lib/knowbe4/from-scim";
import { parseAttribute } from "@/lib/knowbe4/parse-attribute";
import { userNameKey } from "@/lib/knowbe4/user-name-key";

/**
 * Whether two values of an attribute mean the same. Servers return dates with `.000Z` or another zone, addresses in
 * another case, a manager as an object, text in another Unicode form; none of that needs a write. Absent, null and
 * blank are equal.
 */
export function sameAttributeValue(key: AttributeKey, a: unknown, b: unknown): boolean {
  return toMeaning(key, a) === toMeaning(key, b);
}

function toMeaning(key: AttributeKey, raw: unknown): string {
  const text = readText(raw)?.trim().normalize("NFC") ?? "";
  const { kind } = attributes[key];
  if (kind === "email" || caseless.has(key)) return userNameKey(text);
  const parsed = kind === "date" ? parseAttribute(key, text) : null;
  return parsed?.ok ? parsed.value : text;
}

/** Addresses and names of accounts and machines, where no system distinguishes case. */
const caseless: ReadonlySet<AttributeKey> = new Set<AttributeKey>([
  "manager",
  "userPrincipalName",
  "hostname",
]);
