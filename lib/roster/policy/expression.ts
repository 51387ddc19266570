import { z } from "zod";
import { type Condition, conditionSchema, fieldNameSchema } from "@/lib/roster/policy/condition";
import { dateForms, type DateForm } from "@/lib/roster/policy/date-form";

/**
 * How a value is built from a person's fields: a small closed set, stored as a tree and never as text. So there is
 * nothing to parse, and an expression cannot call out, loop or grow without bound.
 */
export type Expression =
  | { kind: "field"; name: string }
  | { kind: "constant"; value: string }
  /** The first that is not blank. */
  | { kind: "coalesce"; of: Expression[] }
  /** Those that are not blank, with `separator` between them. */
  | { kind: "join"; of: Expression[]; separator: string }
  | { kind: "lower"; of: Expression }
  /** Replaces every `find` by `with`. Plain text: a pattern could run for hours. */
  | { kind: "replace"; of: Expression; find: string; with: string }
  | { kind: "date"; of: Expression; from: DateForm; to: DateForm }
  | { kind: "if"; when: Condition; yes: Expression; no: Expression };

export type ExpressionKind = Expression["kind"];

/** Levels of nested expressions; the tree has at most 1 + 4 + 16 + 64 nodes. */
const DEPTH_MAX = 4;
const PARTS_MAX = 4;

const text = z.string().max(255, "At most 255 characters.");

/** Built level by level, without a recursive reference: too deep a tree is not even walked. */
function expressionOfDepth(depth: number): z.ZodType<Expression> {
  const field = z.strictObject({ kind: z.literal("field"), name: fieldNameSchema });
  const constant = z.strictObject({ kind: z.literal("constant"), value: text });
  if (depth <= 1) return z.discriminatedUnion("kind", [field, constant]);
  const inner = expressionOfDepth(depth - 1);
  const parts = z.array(inner).min(1, "Add at least one.").max(PARTS_MAX, `At most ${PARTS_MAX}.`);
  return z.discriminatedUnion("kind", [
    field,
    constant,
    z.strictObject({ kind: z.literal("coalesce"), of: parts }),
    z.strictObject({ kind: z.literal("join"), of: parts, separator: text }),
    z.strictObject({ kind: z.literal("lower"), of: inner }),
    z.strictObject({
      kind: z.literal("replace"),
      of: inner,
      find: text.min(1, "Enter the text to replace."),
      with: text,
    }),
    z.strictObject({
      kind: z.literal("date"),
      of: inner,
      from: z.enum(dateForms),
      to: z.enum(dateForms),
    }),
    z.strictObject({ kind: z.literal("if"), when: conditionSchema, yes: inner, no: inner }),
  ]);
}

export const expressionSchema = expressionOfDepth(DEPTH_MAX);

/** The fields whose values an expression passes on, each once, without those that only an `if` tests. */
export function fieldsOf(expression: Expression): string[] {
  const names = new Set<string>();
  collect(expression, names);
  return [...names];
}

function collect(expression: Expression, names: Set<string>): void {
  switch (expression.kind) {
    case "field":
      names.add(expression.name);
      return;
    case "constant":
      return;
    case "coalesce":
    case "join":
      for (const part of expression.of) collect(part, names);
      return;
    case "if":
      collect(expression.yes, names);
      collect(expression.no, names);
      return;
    default:
      collect(expression.of, names);
  }
}
