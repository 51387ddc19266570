import type { Surroundings } from "./nullability";
import { isNode, nodesOf, type TreeNode } from "./node-tree";

/**
 * Strict functions behind operators that may give null for values that are not null: a missing JSON key, an array's
 * end.
 */
const PARTIAL = /^(jsonb?_(object_field|array_element|extract_path)|array_subscript)/;

/** Functions, called by name, that never give null for values that are not null. */
const TOTAL = new Set([
  "abs",
  "array_append",
  "array_remove",
  "btrim",
  "cardinality",
  "ceil",
  "clock_timestamp",
  "concat",
  "concat_ws",
  "date_trunc",
  "encode",
  "floor",
  "gen_random_uuid",
  "hashtextextended",
  "int4",
  "jsonb_array_length",
  "jsonb_build_array",
  "jsonb_build_object",
  "left",
  "length",
  "lower",
  "make_interval",
  "now",
  "random",
  "replace",
  "right",
  "round",
  "set_config",
  "split_part",
  "starts_with",
  "to_char",
  "to_jsonb",
  "upper",
]);

/** Functions that return rows, none of them null; JSON null becomes a JSON value. */
export const SERIES: ReadonlySet<string> = new Set([
  "generate_series",
  "jsonb_array_elements",
  "jsonb_object_keys",
]);

const COUNTING = new Set(["count", "row_number", "rank", "dense_rank", "ntile"]);
const GATHERING = /^(array_agg|jsonb?_agg|jsonb?_object_agg)/;
const SUMMING = new Set(["sum", "min", "max", "avg", "bool_or", "bool_and", "every", "string_agg"]);

/** Whether a function gives null only for null. */
export function isTotal({ node, fields }: TreeNode, { name }: { name: string }): boolean {
  const EXPLICIT_CALL = "0";
  if (node === "FUNCEXPR" && fields.funcformat === EXPLICIT_CALL) return TOTAL.has(name);
  return !PARTIAL.test(name);
}

/** Whether an aggregate may give null: over no row at all, or over nulls. */
export function givesNull(
  { node, fields }: TreeNode,
  { query, known }: Surroundings,
  mayArgumentsBeNull: () => boolean,
): boolean {
  const name = known.catalogue.functions.get(String(fields.aggfnoid ?? fields.winfnoid))?.name ?? "";
  if (COUNTING.has(name)) return false;
  const isOverRows = node === "WINDOWFUNC" || nodesOf(query.fields.groupClause).length > 0;
  if (!isOverRows || isNode(fields.aggfilter)) return true;
  if (GATHERING.test(name)) return false;
  return !SUMMING.has(name) || mayArgumentsBeNull();
}

/** Whether a query gives exactly one row, whatever the tables hold. */
export function isOneRow({ fields }: TreeNode): boolean {
  if (isNode(fields.havingQual) || fields.limitCount !== null || fields.limitOffset !== null) return false;
  if (nodesOf(fields.groupClause).length > 0) return false;
  if (fields.hasAggs === "true") return true;
  return (
    isNode(fields.jointree) &&
    nodesOf(fields.jointree.fields.fromlist).length === 0 &&
    !isNode(fields.jointree.fields.quals)
  );
}
