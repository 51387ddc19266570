import pg from "pg";

/**
 * Connections are kept: one costs more than most queries, and a test that waits for a state polls ten times a second.
 */
const pools = new Map<string, pg.Pool>();

/** Queries or changes a database as its owner, past all of our guards except the append-only ones. */
export async function askAsOwner<Row = Record<string, unknown>>(
  ownerUrl: string,
  sql: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const client = await poolOf(ownerUrl).connect();
  let error: unknown;
  try {
    const { rows } = await client.query(sql, values);
    return rows as Row[];
  } catch (thrown) {
    error = thrown;
    throw thrown;
  } finally {
    // A failed connection may be broken: a test may have restarted the server.
    client.release(error !== undefined);
  }
}

/** Closes the connections that askAsOwner() keeps to a database, which cannot be deleted before. */
export async function closeAsOwner(ownerUrl: string): Promise<void> {
  const pool = pools.get(ownerUrl);
  pools.delete(ownerUrl);
  await pool?.end();
}

function poolOf(ownerUrl: string): pg.Pool {
  const known = pools.get(ownerUrl);
  if (known) return known;
  const pool = new pg.Pool({ connectionString: ownerUrl, max: 4, options: "-c app.all=on" });
  // An idle connection that breaks with its server is dropped, and the next query opens another.
  pool.on("error", () => undefined);
  pools.set(ownerUrl, pool);
  return pool;
}
