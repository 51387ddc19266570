/**
 * Converts an action's input for its schema. A form becomes an object: a repeated name becomes an array, and so does
 * every name that ends in `[]`, without the brackets, so that one ticked box and three have one shape. Anything else
 * is unchanged.
 */
export function toFormInput(given: unknown): unknown {
  if (!(given instanceof FormData)) return given;
  const fields = new Map<string, unknown[]>();
  for (const [name, value] of given) {
    // React sends the action's own id in the same form.
    if (name.startsWith("$ACTION")) continue;
    fields.set(name, [...(fields.get(name) ?? []), value]);
  }
  // fromEntries defines properties without assigning: a field named __proto__ is an unknown key like any other.
  return Object.fromEntries(
    [...fields].map(([name, values]) =>
      name.endsWith("[]") ? [name.slice(0, -2), values] : [name, values.length > 1 ? values : values[0]],
    ),
  );
}
