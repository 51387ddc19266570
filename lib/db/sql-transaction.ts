import "server-only";
import pg from "pg";
import { blockPool } from "@/lib/db/client";
import { toDatabaseError } from "@/lib/db/database-away";
import { Prisma, type Reach, toSettings } from "@/lib/db/transaction";

/** What a transaction can do with SQL alone; Prisma's transactions satisfy it too. */
export type SqlTransaction = {
  $queryRaw<Rows = unknown>(sql: TemplateStringsArray | Prisma.Sql, ...values: unknown[]): Promise<Rows>;
  /** @returns the number of rows it touched */
  $executeRaw(sql: TemplateStringsArray | Prisma.Sql, ...values: unknown[]): Promise<number>;
};

/** Of a block's statements. In the transaction, because a pooler passes no start-up parameters on. */
const STATEMENT_TIMEOUT = "15s";

/**
 * Runs a transaction like `transaction`, with PostgreSQL's own types, over pg and without Prisma, for what a worker
 * does hundreds of times a second. Prisma writes each parameter as JSON, reads it back and plans the statement again:
 * a block of results then cost a worker's event loop half as much again (28 % of all it did).
 *
 * Statements are prepared once a connection. `work` runs them one after the other, never two at a time.
 * @param settings PostgreSQL's settings by name, for this transaction only
 * @throws pg.DatabaseError when a statement is refused, DatabaseAwayError when the server is away
 */
export async function sqlTransaction<T>(
  reach: Reach,
  work: (tx: SqlTransaction) => Promise<T>,
  settings: Readonly<Record<string, string>> = {},
): Promise<T> {
  const client = await withDatabaseErrors(blockPool().connect());
  try {
    const all = { statement_timeout: STATEMENT_TIMEOUT, ...settings, ...toSettings(reach) };
    await withDatabaseErrors(client.query(toBegin(all)));
    const result = await work(toTransaction(client));
    await withDatabaseErrors(client.query("COMMIT"));
    client.release();
    return result;
  } catch (error) {
    // Closing the connection ends the transaction in any state, also one whose answer never came.
    client.release(true);
    throw error;
  }
}

async function withDatabaseErrors<Answer>(answer: Promise<Answer>): Promise<Answer> {
  try {
    return await answer;
  } catch (error) {
    throw toDatabaseError(error);
  }
}

/** One round trip: the simple protocol takes several statements, but no parameters. */
function toBegin(settings: Readonly<Record<string, string>>): string {
  const calls = Object.entries(settings).map(
    ([name, value]) => `set_config(${pg.escapeLiteral(name)}, ${pg.escapeLiteral(value)}, true)`,
  );
  return `BEGIN; SELECT ${calls.join(", ")}`;
}

function toTransaction(client: pg.PoolClient): SqlTransaction {
  async function query(sql: TemplateStringsArray | Prisma.Sql, values: unknown[]): Promise<pg.QueryResult> {
    const { text, values: bound } = "raw" in sql ? Prisma.sql(sql, ...values) : sql;
    return withDatabaseErrors(client.query({ name: toName(text), text, values: bound }));
  }
  return {
    $queryRaw: async <Rows>(sql: TemplateStringsArray | Prisma.Sql, ...values: unknown[]) =>
      (await query(sql, values)).rows as Rows,
    $executeRaw: async (sql, ...values) => (await query(sql, values)).rowCount ?? 0,
  };
}

const names = new Map<string, string>();

/**
 * A name for each statement text, by which a connection recognizes a prepared one. Their number is fixed by the code.
 */
function toName(text: string): string {
  const name = names.get(text) ?? `s${names.size}`;
  names.set(text, name);
  return name;
}
