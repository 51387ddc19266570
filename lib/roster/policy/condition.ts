import { z } from "zod";
import type { PersonView } from "@/lib/roster/model/person-view";

const textMax = 255;

/** A field's name, as a source or an attribute names it. */
export const fieldNameSchema = z
  .string()
  .trim()
  .min(1, "Choose a field.")
  .max(100, "The field's name is longer than 100 characters. Shorten it.");

export const groupNameSchema = z
  .string()
  .transform((name) => name.normalize("NFC").trim())
  .pipe(
    z
      .string()
      .min(1, "A group needs a name.")
      .max(256, "The group's name is longer than 256 characters. Shorten it."),
  );

const value = z.string().trim().max(textMax, `At most ${textMax} characters.`);

/** How a field may be compared; `present` and `absent` take no value. */
const comparisons = ["equal", "not-equal", "contains", "not-contains", "starts", "ends"] as const;
const presences = ["present", "absent"] as const;

/**
 * One condition on a person: a field compared with a text, a field being present, or membership of a roster group.
 */
export const conditionSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("compare"),
    field: fieldNameSchema,
    is: z.enum(comparisons),
    value: value.min(1, "Enter a value to compare with."),
  }),
  z.strictObject({ kind: z.literal("presence"), field: fieldNameSchema, is: z.enum(presences) }),
  z.strictObject({ kind: z.literal("member"), is: z.enum(["in", "not-in"]), group: groupNameSchema }),
]);

export type Condition = z.infer<typeof conditionSchema>;

/**
 * Whether the condition holds for a person. Texts are compared without case, as KnowBe4 and the sources do. An absent
 * field equals nothing and contains nothing, so that a gap in the source puts nobody out of scope.
 */
export function isMet(condition: Condition, person: PersonView): boolean {
  if (condition.kind === "member") {
    const wanted = toFolded(condition.group);
    const isIn = person.groups.some((group) => toFolded(group) === wanted);
    return condition.is === "in" ? isIn : !isIn;
  }
  const given = toFolded(person.field(condition.field) ?? "");
  if (condition.kind === "presence") return (given !== "") === (condition.is === "present");
  const wanted = toFolded(condition.value);
  switch (condition.is) {
    case "equal":
      return given === wanted;
    case "not-equal":
      return given !== wanted;
    case "contains":
      return given.includes(wanted);
    case "not-contains":
      return !given.includes(wanted);
    case "starts":
      return given.startsWith(wanted);
    case "ends":
      return given.endsWith(wanted);
  }
}

/** The common form of two spellings of one name or text. */
export function toFolded(text: string): string {
  return text.normalize("NFC").trim().toLowerCase();
}
