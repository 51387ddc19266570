export type Options = {
  /** The rows to measure, in the order they are known in. */
  names: string[];
  /** Whether the last line of output is the rows as JSON. */
  json: boolean;
};

/**
 * Reads the arguments behind `npm run bench --`. A name may be the beginning of one and then means every row that
 * begins so; without a name all rows are measured.
 * @returns a message for the person where an argument means nothing
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
      message: `There is no row ${unknown.join(" or ")}. Nothing was measured. Name one of these, or the beginning of one:\n${list}`,
    };
  }
  const names = known.filter((name) => wanted.length === 0 || wanted.some((arg) => name.startsWith(arg)));
  return { ok: true, options: { names, json: args.includes("--json") } };
}
