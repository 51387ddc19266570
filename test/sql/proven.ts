import type { Catalogue } from "./catalogue";
import { isNode, nodesOf, type TreeNode, type TreeValue } from "./node-tree";

/** The conditions that every row of a query passes: those of WHERE, and of joins that drop rows. */
export function conditionsOf(query: TreeNode): TreeNode[] {
  const [INNER] = ["0"];

  function split(condition: TreeValue | undefined): TreeNode[] {
    if (!isNode(condition)) return [];
    const isAll = condition.node === "BOOLEXPR" && condition.fields.boolop === "and";
    return isAll ? nodesOf(condition.fields.args).flatMap(split) : [condition];
  }

  function fromJoin(value: TreeValue | undefined): TreeNode[] {
    if (!isNode(value)) return [];
    const { node, fields } = value;
    if (node === "FROMEXPR") return [...nodesOf(fields.fromlist).flatMap(fromJoin), ...split(fields.quals)];
    if (node !== "JOINEXPR" || fields.jointype !== INNER) return [];
    return [...[fields.larg, fields.rarg].flatMap(fromJoin), ...split(fields.quals)];
  }

  return fromJoin(query.fields.jointree);
}

/**
 * The columns, as `<place of the table>.<column number>`, that are not null in any row that passes a query's own
 * conditions: `x IS NOT NULL`, `x = …`, a join on x.
 */
export function findProven(query: TreeNode, catalogue: Catalogue): Set<string> {
  const proven = new Set<string>();
  const [IS_NOT_NULL] = ["1"];

  function fromValue(value: TreeValue | undefined): void {
    if (!isNode(value)) return;
    const { node, fields } = value;
    if (node === "VAR" && fields.varlevelsup === "0")
      proven.add(`${String(fields.varno)}.${String(fields.varattno)}`);
    if (node === "RELABELTYPE" || node === "COERCEVIAIO") fromValue(fields.arg);
    if (!["OPEXPR", "FUNCEXPR", "SCALARARRAYOPEXPR"].includes(node)) return;
    const called = String(fields.funcid ?? fields.opfuncid);
    if (catalogue.functions.get(called)?.isStrict) nodesOf(fields.args).forEach(fromValue);
  }

  for (const condition of conditionsOf(query)) {
    const { node, fields } = condition;
    if (node === "NULLTEST" && fields.nulltesttype === IS_NOT_NULL) fromValue(fields.arg);
    else if (node !== "BOOLEXPR" && node !== "NULLTEST") fromValue(condition);
  }
  return proven;
}
