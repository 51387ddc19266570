import { toConditionWords } from "@/components/roster/condition-words";
import type { Expression, ExpressionKind } from "@/lib/roster/policy/expression";

export const expressionWords: Record<ExpressionKind, string> = {
  field: "The field",
  constant: "The text",
  coalesce: "The first non-empty value",
  join: "Joined together",
  lower: "In lower case",
  replace: "Text replaced",
  date: "Date format changed",
  if: "Depends on a condition",
};

/** A rule in one line of words. */
export function toExpressionWords(expression: Expression | null): string {
  if (expression === null) return "not mapped, never written";
  switch (expression.kind) {
    case "field":
      return expression.name;
    case "constant":
      return `“${expression.value}”`;
    case "coalesce":
      return `first of ${listed(expression.of)}`;
    case "join":
      return `${listed(expression.of)} joined by “${expression.separator}”`;
    case "lower":
      return `${inner(expression.of)} in lower case`;
    case "replace":
      return `${inner(expression.of)} with “${expression.find}” as “${expression.with}”`;
    case "date":
      return `${inner(expression.of)} from ${expression.from} to ${expression.to}`;
    case "if":
      return `${inner(expression.yes)} if ${toConditionWords(expression.when)}, else ${inner(expression.no)}`;
  }
}

/** Puts brackets around an expression that has parts. */
function inner(expression: Expression): string {
  const words = toExpressionWords(expression);
  return expression.kind === "field" || expression.kind === "constant" ? words : `(${words})`;
}

function listed(parts: readonly Expression[]): string {
  return parts.map(inner).join(", ");
}
