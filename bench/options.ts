export type Options = {
  /** The rows to measure, in their fixed order. */
  names: string[];
  /** Whether the last line of output is the rows as JSON. */
  json: boolean;
};

/**
 * Parses the arguments after `npm run bench --`. A name may be a prefix and then selects every row that begins with it;
 * without a name, all rows are measured.
 * @returns a message for the person if an argument is unknown
 */
export function parseOptions(
  args: readonly string[],
  known: readonly string[],
): { ok: true; options: Options } | { ok: false; message: string } {
  const wanted = args.filter((arg) => arg !== "--json");
  const unknown = wanted.filter((arg) => arg === "" || !known.some((name) => name.startsWith(arg)));
  if (unknown.length > 0) {
    const list = known.map((name) => `  ${name}`).join("\n");
    return {
      ok: false,
      message: `There is no row ${unknown.join(" or ")}. Nothing was measured. Give one of these names, or a prefix:\n${list}`,
    };
  }
  const names = known.filter((name) => wanted.length === 0 || wanted.some((arg) => name.startsWith(arg)));
  return { ok: true, options: { names, json: args.includes("--json") } };
}
