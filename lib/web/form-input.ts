/**
 * What an action's schema shall parse. A form becomes an object: a name that occurs twice becomes an array, and so
 * does every name that ends in `[]`, whose brackets go, so that one ticked box and three have one shape. Anything
 * else stays as it is.
 */
export function toFormInput(given: unknown): unknown {
  if (!(given instanceof FormData)) return given;
  const fields = new Map<string, unknown[]>();
  for (const [name, value] of given) {
    // React sends the action's own id in the same form.
    if (name.startsWith("$ACTION")) continue;
    fields.set(name, [...(fields.get(name) ?? []), value]);
  }
  // fromEntries defines properties and assigns none: a field named __proto__ is an unknown key like any other.
  return Object.fromEntries(
    [...fields].map(([name, values]) =>
      name.endsWith("[]") ? [name.slice(0, -2), values] : [name, values.length > 1 ? values : values[0]],
    ),
  );
}
