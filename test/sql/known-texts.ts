import type { Catalogue } from "./catalogue";
import { isNode, nodesOf, type TreeNode, type TreeValue } from "./node-tree";
import { columnsOf, type Surroundings, tableOf } from "./nullability";
import { conditionsOf } from "./proven";

/** A text that a column is compared with or assigned, but can never hold: a state that does not exist. */
export type StrangeText = { column: string; text: string };

/** Finds them in the whole of a statement. Columns without a CHECK on their values are not known. */
export function findStrangeTexts(within: Surroundings): StrangeText[] {
  const found: StrangeText[] = [];

  function judge(column: TreeValue | undefined, values: TreeValue | undefined, inside: Surroundings): void {
    const origin = isNode(column) ? originOf(column, inside) : null;
    const allowed = origin === null ? undefined : within.known.catalogue.values.get(origin);
    if (origin === null || !allowed) return;
    const strange = textsIn(values, inside)?.filter((text) => !allowed.includes(text)) ?? [];
    found.push(...strange.map((text) => ({ column: origin, text })));
  }

  function visit(value: TreeValue | undefined, inside: Surroundings): void {
    if (Array.isArray(value)) for (const one of value) visit(one, inside);
    if (!isNode(value)) return;
    const inner = value.node === "QUERY" ? { ...inside, query: value, outer: inside } : inside;
    if (value.node === "QUERY") judgeWritten(inner);
    const sides = comparedIn(value, within.known.catalogue);
    if (sides) judge(sides.column, sides.values, inner);
    for (const field of Object.values(value.fields)) visit(field, inner);
  }

  function judgeWritten(inside: Surroundings): void {
    const { commandType, resultRelation, targetList } = inside.query.fields;
    const [UPDATE, INSERT] = ["2", "3"];
    if (commandType !== UPDATE && commandType !== INSERT) return;
    const table = String(tableOf(inside.query, Number(resultRelation))?.fields.relid);
    for (const { fields } of nodesOf(targetList)) {
      const key = `${table}.${String(fields.resno)}`;
      const allowed = within.known.catalogue.values.get(key);
      const strange = textsIn(fields.expr, inside)?.filter((text) => allowed?.includes(text) === false) ?? [];
      found.push(...strange.map((text) => ({ column: key, text })));
    }
  }

  const { query } = within;
  judgeWritten(within);
  for (const field of Object.values(query.fields)) visit(field, within);
  return found;
}

/**
 * The possible values of a column in the statement: those its CHECK allows, except those that the statement's own
 * conditions exclude.
 */
export function textsOfColumn(column: number, within: Surroundings): readonly string[] | null {
  const { query, known } = within;
  const entry = columnsOf(query)[column];
  const { resorigtbl, resorigcol, expr } = entry?.fields ?? {};
  const allowed = known.catalogue.values.get(`${String(resorigtbl)}.${String(resorigcol)}`);
  const UPDATE = "2";
  if (!allowed || query.fields.commandType === UPDATE || !isNode(expr)) return allowed ?? null;
  const wanted = conditionsOf(query)
    .map((condition) => comparedIn(condition, known.catalogue))
    .filter((sides) => sides?.isEqual && isSameColumn(sides.column, expr))
    .map((sides) => textsIn(sides?.values, within));
  return allowed.filter((text) => wanted.every((texts) => texts === null || texts.includes(text)));
}

function isSameColumn(value: TreeValue | undefined, { fields }: TreeNode): boolean {
  const column = isNode(value) ? unwrap(value) : null;
  return column?.fields.varno === fields.varno && column?.fields.varattno === fields.varattno;
}

type Sides = { column: TreeValue | undefined; values: TreeValue | undefined; isEqual: boolean };

function comparedIn(value: TreeNode, catalogue: Catalogue): Sides | null {
  if (value.node !== "OPEXPR" && value.node !== "SCALARARRAYOPEXPR") return null;
  const name = catalogue.functions.get(String(value.fields.opfuncid))?.name;
  if (name !== "texteq" && name !== "textne") return null;
  const [column, values] = nodesOf(value.fields.args);
  return { column, values, isEqual: name === "texteq" };
}

function unwrap(value: TreeNode): TreeNode {
  return value.node === "RELABELTYPE" && isNode(value.fields.arg) ? unwrap(value.fields.arg) : value;
}

/** The column of a table that a name refers to, as `<table oid>.<column number>`. */
function originOf(value: TreeNode, from: Surroundings): string | null {
  const { node, fields } = unwrap(value);
  if (node !== "VAR") return null;
  let within: Surroundings = from;
  for (let level = Number(fields.varlevelsup); level > 0 && within.outer; level--) within = within.outer;
  const [table, column] = [tableOf(within.query, Number(fields.varno)), Number(fields.varattno)];
  const [RELATION, SUBQUERY] = ["0", "1"];
  if (table?.fields.rtekind === RELATION) return `${String(table.fields.relid)}.${column}`;
  const subquery = table?.fields.subquery;
  if (table?.fields.rtekind !== SUBQUERY || !isNode(subquery)) return null;
  const { resorigtbl, resorigcol } = columnsOf(subquery)[column - 1]?.fields ?? {};
  return `${String(resorigtbl)}.${String(resorigcol)}`;
}

/** The possible texts of an expression; null when unknown. */
function textsIn(value: TreeValue | undefined, within: Surroundings): string[] | null {
  if (!isNode(value)) return null;
  const { node, fields } = value;
  const TEXT = "25";
  if (node === "CONST")
    return fields.constisnull === "true"
      ? []
      : fields.consttype === TEXT
        ? [decode(fields.constvalue)]
        : null;
  if (node === "PARAM") return within.known.given[Number(fields.paramid) - 1]?.texts?.slice() ?? null;
  const parts =
    node === "ARRAYEXPR"
      ? nodesOf(fields.elements)
      : node === "CASEEXPR"
        ? [...nodesOf(fields.args).map(({ fields: when }) => when.result), fields.defresult]
        : [null];
  const texts = parts.map((part) => textsIn(part, within));
  return texts.includes(null) ? null : texts.flatMap((one) => one ?? []);
}

/** A text as the server stores it: its length in four bytes, then its bytes. */
function decode(value: TreeValue | undefined): string {
  const bytes = Array.isArray(value) && Array.isArray(value[1]) ? value[1].map(Number) : [];
  return Buffer.from(bytes.slice(4)).toString("utf8");
}
