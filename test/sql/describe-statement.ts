import type pg from "pg";
import type { Catalogue } from "./catalogue";
import { findStrangeTexts, textsOfColumn } from "./known-texts";
import { isNode, parseNodeTree, type TreeNode } from "./node-tree";
import { columnsOf, type Given, isColumnNullable } from "./nullability";

export type Column = {
  name: string;
  /** As SQL spells it: `timestamp with time zone`, `text[]`. */
  type: string;
  isNullable: boolean;
  /** Its possible values, if a CHECK constraint lists them. */
  texts: readonly string[] | null;
};

/** `strange`: texts that a column is compared with or assigned, but can never hold. */
export type Described = { parameters: string[]; columns: Column[]; strange: string[] };

/**
 * Asks the database about a statement: PREPARE gives the types, and the body of a function made of the statement is
 * PostgreSQL's own analysis of it, with every name resolved. Nothing is run and nothing is kept.
 * @throws pg.DatabaseError when PostgreSQL refuses the statement
 */
export async function describeStatement(
  client: pg.Client,
  catalogue: Catalogue,
  { text, given }: { text: string; given: readonly Given[] },
): Promise<Described> {
  await client.query("BEGIN");
  try {
    await client.query(`PREPARE asked AS ${text}`);
    const prepared = await client.query<{ parameters: string[]; results: string[] | null }>(
      `SELECT parameter_types::oid[]::text[] AS parameters, result_types::oid[]::text[] AS results
         FROM pg_prepared_statements WHERE name = 'asked'`,
    );
    const [types] = prepared.rows;
    if (!types) throw new Error("The statement was not prepared");
    const nameOf = (oid: string) => catalogue.types.get(oid) ?? oid;
    const parameters = types.parameters.map(nameOf);
    const query = await analyse(client, parameters, text);
    const within = { query, outer: null, known: { catalogue, given, asked: new Set<TreeNode>() } };
    const columns = (types.results ?? []).map((oid, place) => {
      return {
        name: String(columnsOf(query)[place]?.fields.resname),
        type: nameOf(oid),
        isNullable: isColumnNullable(place, within),
        texts: textsOfColumn(place, within),
      };
    });
    return { parameters, columns, strange: findStrangeTexts(within).map(({ text }) => text) };
  } finally {
    await client.query("ROLLBACK");
    await client.query("DEALLOCATE ALL");
  }
}

async function analyse(client: pg.Client, parameters: readonly string[], text: string): Promise<TreeNode> {
  await client.query(
    `CREATE FUNCTION pg_temp.asked(${parameters.join(", ")}) RETURNS void LANGUAGE sql BEGIN ATOMIC ${text}; END`,
  );
  const { rows } = await client.query<{ body: string }>(
    "SELECT prosqlbody::text AS body FROM pg_proc WHERE proname = 'asked' AND pronamespace = pg_my_temp_schema()",
  );
  let body = parseNodeTree(rows[0]?.body ?? "");
  while (Array.isArray(body)) body = body[0] ?? null;
  if (!isNode(body)) throw new Error("PostgreSQL kept no analysis of the statement");
  return body;
}
