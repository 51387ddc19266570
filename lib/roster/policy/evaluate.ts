import { isMet } from "@/lib/roster/policy/condition";
import { toDateForm } from "@/lib/roster/policy/date-form";
import type { Expression } from "@/lib/roster/policy/expression";
import type { PersonView } from "@/lib/roster/model/person-view";

/** Longer values are cut while they are built; no attribute takes as many characters. */
const LENGTH_MAX = 2_000;

/**
 * Evaluates an expression for a person: never blank, null when there is no value.
 * @param onProblem called, in words for people, when a part cannot be computed; that part has no value then.
 */
export function evaluate(
  expression: Expression,
  person: PersonView,
  onProblem: (message: string) => void,
): string | null {
  const value = evaluatePart(expression, person, onProblem);
  return value === null || value.trim() === "" ? null : value;
}

function evaluatePart(
  expression: Expression,
  person: PersonView,
  onProblem: (message: string) => void,
): string | null {
  switch (expression.kind) {
    case "field":
      return person.field(expression.name);
    case "constant":
      return expression.value;
    case "coalesce":
      for (const part of expression.of) {
        const value = evaluate(part, person, onProblem);
        if (value !== null) return value;
      }
      return null;
    case "join":
      return expression.of
        .map((part) => evaluate(part, person, onProblem))
        .filter((value) => value !== null)
        .join(expression.separator)
        .slice(0, LENGTH_MAX);
    case "lower":
      return evaluate(expression.of, person, onProblem)?.toLowerCase() ?? null;
    case "replace": {
      const value = evaluate(expression.of, person, onProblem);
      // The replacement is a function, because in a string $& and the like have a meaning.
      return value?.replaceAll(expression.find, () => expression.with).slice(0, LENGTH_MAX) ?? null;
    }
    case "date": {
      const value = evaluate(expression.of, person, onProblem);
      if (value === null) return null;
      const date = toDateForm(value, expression.from, expression.to);
      if (date === null) onProblem(`"${value}" is not a date written as ${expression.from}.`);
      return date;
    }
    case "if":
      return evaluate(isMet(expression.when, person) ? expression.yes : expression.no, person, onProblem);
  }
}
