import type pg from "pg";

/** The migrated database's catalogue of tables and functions. */
export type Catalogue = {
  /** By `<table oid>.<column number>`: columns that are never null. */
  notNull: ReadonlySet<string>;
  /** By the same key: the values that a CHECK constraint of a column allows. */
  values: ReadonlyMap<string, readonly string[]>;
  functions: ReadonlyMap<string, { name: string; isStrict: boolean }>;
  /** Names of types by oid, as SQL spells them. */
  types: ReadonlyMap<string, string>;
};

export async function readCatalogue(client: pg.Client): Promise<Catalogue> {
  const columns = await client.query<{ key: string }>(
    "SELECT attrelid || '.' || attnum AS key FROM pg_attribute WHERE attnotnull OR attnum < 0",
  );
  // `state IN ('a', 'b')` is stored as `state = ANY (ARRAY['a'::text, 'b'::text])`.
  const checks = await client.query<{ key: string; values: string[] }>(
    `SELECT conrelid || '.' || conkey[1] AS key,
            ARRAY(SELECT m[1] FROM regexp_matches(pg_get_constraintdef(oid), '''([^'']*)''::text', 'g') AS m) AS values
       FROM pg_constraint
      WHERE contype = 'c' AND cardinality(conkey) = 1 AND pg_get_constraintdef(oid) LIKE 'CHECK ((% = ANY (ARRAY[%])))'`,
  );
  const functions = await client.query<{ oid: string; name: string; isStrict: boolean }>(
    `SELECT oid::text, proname AS name, proisstrict AS "isStrict" FROM pg_proc`,
  );
  const types = await client.query<{ oid: string; name: string }>(
    "SELECT oid::text, format_type(oid, NULL) AS name FROM pg_type",
  );
  return {
    notNull: new Set(columns.rows.map(({ key }) => key)),
    values: new Map(checks.rows.map(({ key, values }) => [key, values])),
    functions: new Map(functions.rows.map(({ oid, ...rest }) => [oid, rest])),
    types: new Map(types.rows.map(({ oid, name }) => [oid, name])),
  };
}
