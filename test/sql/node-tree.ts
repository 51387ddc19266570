/** A node of PostgreSQL's analysed statement, with its fields as src/backend/nodes/outfuncs.c names them. */
export type TreeNode = { readonly node: string; readonly fields: Readonly<Record<string, TreeValue>> };

export type TreeValue = TreeNode | string | null | readonly TreeValue[];

const TOKEN = /"(?:\\.|[^"\\])*"|[(){}[\]]|(?:\\.|[^\s(){}[\]\\])+/g;

/**
 * Parses the text form of a `pg_node_tree`: PostgreSQL's analysis of a statement, with every name resolved.
 * @throws Error when the text is cut off
 */
export function parseNodeTree(text: string): TreeValue {
  const tokens = text.match(TOKEN) ?? [];
  let place = 0;

  function take(): string {
    const token = tokens[place++];
    if (token === undefined) throw new Error("The node tree ends early");
    return token;
  }

  function takeList(end: string): TreeValue[] {
    const values: TreeValue[] = [];
    while (tokens[place] !== end) values.push(takeValue());
    place++;
    return values;
  }

  function takeNode(): TreeNode {
    const node = take();
    const fields: Record<string, TreeValue> = {};
    while (tokens[place] !== "}") {
      const name = take().slice(1);
      const values: TreeValue[] = [];
      while (tokens[place] !== "}" && !tokens[place]?.startsWith(":")) values.push(takeValue());
      fields[name] = values.length === 1 ? (values[0] ?? null) : values;
    }
    place++;
    return { node, fields };
  }

  function takeValue(): TreeValue {
    const token = take();
    if (token === "{") return takeNode();
    if (token === "(") return takeList(")");
    if (token === "[") return takeList("]");
    if (token === "<>") return null;
    return (token.startsWith('"') ? token.slice(1, -1) : token).replace(/\\(.)/g, "$1");
  }

  return takeValue();
}

export function isNode(value: TreeValue | undefined): value is TreeNode {
  return typeof value === "object" && value !== null && "node" in value;
}

/** The nodes in a field that holds a list of nodes. */
export function nodesOf(value: TreeValue | undefined): TreeNode[] {
  return Array.isArray(value) ? value.filter(isNode) : [];
}

/** The numbers in a set of numbers: `(b 1 4)`. */
export function membersOf(value: TreeValue | undefined): number[] {
  return Array.isArray(value) ? value.slice(1).map(Number) : [];
}
