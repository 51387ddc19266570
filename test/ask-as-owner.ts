import pg from "pg";

/** Asks a database what stands in it, or changes it, past every guard of ours but the append-only ones. */
export async function askAsOwner<Row = Record<string, unknown>>(
  ownerUrl: string,
  sql: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query("SELECT set_config('app.all', 'on', false)");
    const { rows } = await client.query(sql, values);
    return rows as Row[];
  } finally {
    await client.end();
  }
}
