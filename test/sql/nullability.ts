import type { Catalogue } from "./catalogue";
import { isNode, membersOf, nodesOf, type TreeNode, type TreeValue } from "./node-tree";
import { givesNull, isOneRow, isTotal, SERIES } from "./null-rules";
import { findProven } from "./proven";

/** A parameter according to its caller: whether it or an element of it may be null, and its possible texts. */
export type Given = { isNullable: boolean; holdsNull: boolean; texts: readonly string[] | null };

/** A query and its outer queries, whose columns its expressions may name. */
export type Surroundings = { query: TreeNode; outer: Surroundings | null; known: Known };

type Known = { catalogue: Catalogue; given: readonly Given[]; asked: Set<TreeNode> };

const ARGUMENT = new Set([
  "RELABELTYPE",
  "COERCEVIAIO",
  "ARRAYCOERCEEXPR",
  "COERCETODOMAIN",
  "COLLATEEXPR",
  "NAMEDARGEXPR",
]);
const NEVER = new Set([
  "NULLTEST",
  "BOOLEANTEST",
  "DISTINCTEXPR",
  "ARRAYEXPR",
  "ROWEXPR",
  "SQLVALUEFUNCTION",
  "NEXTVALUEEXPR",
  "JSONCONSTRUCTOREXPR",
  "GROUPINGFUNC",
]);

/** The columns that a statement returns, in order, without internal ones. */
export function columnsOf(query: TreeNode): TreeNode[] {
  const { commandType, targetList, returningList } = query.fields;
  return nodesOf(commandType === "1" ? targetList : returningList).filter(
    ({ fields }) => fields.resjunk === "false",
  );
}

/**
 * Whether a column of a statement may be null, as far as the schema and the statement itself show. An unknown case
 * counts as nullable.
 */
export function isColumnNullable(column: number, within: Surroundings): boolean {
  const { query } = within;
  const parts = leavesOf(query.fields.setOperations);
  if (parts.length > 0)
    return parts.some((part) => {
      const subquery = tableOf(query, Number(part.fields.rtindex))?.fields.subquery;
      return isNode(subquery) && isColumnNullable(column, { ...within, query: subquery, outer: within });
    });
  const entry = columnsOf(query)[column];
  return entry === undefined || isNullable(entry.fields.expr, within);
}

/** The parts of a UNION. */
function leavesOf(value: TreeValue | undefined): TreeNode[] {
  if (!isNode(value)) return [];
  if (value.node === "RANGETBLREF") return [value];
  return [...leavesOf(value.fields.larg), ...leavesOf(value.fields.rarg)];
}

export function tableOf(query: TreeNode, place: number): TreeNode | undefined {
  return nodesOf(query.fields.rtable)[place - 1];
}

function isNullable(value: TreeValue | undefined, within: Surroundings): boolean {
  if (!isNode(value)) return true;
  const { node, fields } = value;
  const some = (list: TreeValue | undefined) => nodesOf(list).some((one) => isNullable(one, within));
  if (NEVER.has(node)) return false;
  if (ARGUMENT.has(node)) return isNullable(fields.arg, within);
  switch (node) {
    case "VAR":
      return isVarNullable(value, within);
    case "CONST":
      return fields.constisnull === "true";
    case "PARAM":
      return within.known.given[Number(fields.paramid) - 1]?.isNullable ?? true;
    case "COALESCEEXPR":
    case "MINMAXEXPR":
      return nodesOf(fields.args).every((one) => isNullable(one, within));
    case "BOOLEXPR":
    case "SCALARARRAYOPEXPR":
      return some(fields.args);
    case "CASEEXPR":
      return (
        isNullable(fields.defresult, within) ||
        nodesOf(fields.args).some((when) => isNullable(when.fields.result, within))
      );
    case "FUNCEXPR":
    case "OPEXPR": {
      if (fields.funcretset === "true") return isElementNullable(value, within);
      const called = within.known.catalogue.functions.get(String(fields.funcid ?? fields.opfuncid));
      return !called || !isTotal(value, called) || (called.isStrict && some(fields.args));
    }
    case "AGGREF":
    case "WINDOWFUNC":
      return givesNull(value, within, () =>
        nodesOf(fields.args).some((one) =>
          isNullable(one.node === "TARGETENTRY" ? one.fields.expr : one, within),
        ),
      );
    case "SUBLINK":
      return isSublinkNullable(value, within);
    default:
      return true;
  }
}

function isSublinkNullable({ fields }: TreeNode, within: Surroundings): boolean {
  const { subLinkType, subselect, testexpr } = fields;
  const [EXISTS, ALL, ANY, SCALAR, ARRAY] = ["0", "1", "2", "4", "6"];
  if (subLinkType === EXISTS || subLinkType === ARRAY) return false;
  if (subLinkType === ALL || subLinkType === ANY) return !isNode(testexpr);
  if (subLinkType !== SCALAR || !isNode(subselect)) return true;
  return !isOneRow(subselect) || isColumnNullable(0, { ...within, query: subselect, outer: within });
}

function isVarNullable({ fields }: TreeNode, from: Surroundings): boolean {
  let within: Surroundings = from;
  for (let level = Number(fields.varlevelsup); level > 0 && within.outer; level--) within = within.outer;
  const { query, known } = within;
  const [table, column] = [Number(fields.varno), Number(fields.varattno)];
  const written = writtenValue(query, table, column);
  if (written) return isStoredNullable(query, table, column, known) && isNullable(written, within);
  if (findProven(query, known.catalogue).has(`${table}.${column}`)) return false;
  // Nulled by an outer join: a number for each.
  if (membersOf(fields.varnullingrels).length > 0) return true;
  // RETURNING old.… of a row that did not exist.
  if (fields.varreturningtype === "1" && query.fields.commandType === "3") return true;
  const entry = tableOf(query, table);
  return column !== 0 && (entry === undefined || isEntryNullable(entry, column, within));
}

/** The value that an UPDATE gives the column: RETURNING then shows it. */
function writtenValue(query: TreeNode, table: number, column: number): TreeValue | undefined {
  if (query.fields.commandType !== "2" || Number(query.fields.resultRelation) !== table) return undefined;
  return nodesOf(query.fields.targetList).find(({ fields }) => Number(fields.resno) === column)?.fields.expr;
}

function isStoredNullable(query: TreeNode, table: number, column: number, { catalogue }: Known): boolean {
  return !catalogue.notNull.has(`${String(tableOf(query, table)?.fields.relid)}.${column}`);
}

function isEntryNullable({ fields }: TreeNode, column: number, within: Surroundings): boolean {
  const { known } = within;
  const [RELATION, SUBQUERY, JOIN, FUNCTION, VALUES, CTE, GROUP] = ["0", "1", "2", "3", "5", "6", "9"];
  switch (fields.rtekind) {
    case RELATION:
      return !known.catalogue.notNull.has(`${String(fields.relid)}.${column}`);
    case SUBQUERY:
      return (
        !isNode(fields.subquery) ||
        isColumnNullable(column - 1, { ...within, query: fields.subquery, outer: within })
      );
    case JOIN:
      return isNullable(nodesOf(fields.joinaliasvars)[column - 1], within);
    case GROUP:
      return isNullable(nodesOf(fields.groupexprs)[column - 1], within);
    case VALUES:
      return (Array.isArray(fields.values_lists) ? fields.values_lists : []).some((row) =>
        isNullable(nodesOf(row)[column - 1], within),
      );
    case FUNCTION:
      return isFunctionNullable(fields, column, within);
    case CTE:
      return isCteNullable(fields, column, within);
    default:
      return true;
  }
}

/** A column of a function's result table: the elements of arrays, a series of numbers, WITH ORDINALITY. */
function isFunctionNullable(
  { functions, funcordinality }: TreeNode["fields"],
  column: number,
  within: Surroundings,
): boolean {
  const called = nodesOf(functions);
  if (called.length === 1 && columnsOfFunction(called[0]) > 1) return true;
  if (funcordinality === "true" && column === called.length + 1) return false;
  const call = called[column - 1]?.fields.funcexpr;
  return !isNode(call) || isElementNullable(call, within);
}

function columnsOfFunction(called: TreeNode | undefined): number {
  return Number(called?.fields.funccolcount ?? 1);
}

/** PostgreSQL has no nullability of array elements: those of a column count as TypeScript sees them, never null. */
function isElementNullable({ fields }: TreeNode, { known }: Surroundings): boolean {
  const name = known.catalogue.functions.get(String(fields.funcid))?.name ?? "";
  if (name !== "unnest") return !SERIES.has(name);
  const [array] = nodesOf(fields.args);
  return array?.node === "PARAM" && (known.given[Number(array.fields.paramid) - 1]?.holdsNull ?? true);
}

function isCteNullable(
  { ctename, ctelevelsup }: TreeNode["fields"],
  column: number,
  from: Surroundings,
): boolean {
  let within: Surroundings = from;
  for (let level = Number(ctelevelsup); level > 0 && within.outer; level--) within = within.outer;
  const cte = nodesOf(within.query.fields.cteList).find(({ fields }) => fields.ctename === ctename);
  const query = cte?.fields.ctequery;
  if (!isNode(query)) return true;
  // A recursive one refers to itself: its other part decides.
  if (within.known.asked.has(query)) return false;
  within.known.asked.add(query);
  try {
    return isColumnNullable(column - 1, { ...within, query, outer: within });
  } finally {
    within.known.asked.delete(query);
  }
}
