import "server-only";
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { env } from "@/lib/env";
import { PrismaClient } from "@/lib/db/generated/client";

/**
 * Connections of one process: of Prisma, for whatever asks, and of a worker's blocks (heartbeats, claims, results),
 * which must not stand in line behind a hundred tenants' other work, or leases would run out. PostgreSQL's default of
 * 100 leaves room for a web, three workers, a sealer and people.
 */
const CONNECTIONS_MAX = 16;
const BLOCK_CONNECTIONS_MAX = 6;

const CONNECT_TIMEOUT_MS = 10_000;

/** How long a block's statement may take, and how long its answer is waited for: a server that froze answers nothing. */
const STATEMENT_TIMEOUT_MS = 15_000;

type Holder = { url: string; client?: PrismaClient; pool?: pg.Pool };

// `next dev` loads modules anew on every edit; without a place that outlives them each edit would open a new pool.
const holder = globalThis as { rollcallDatabase?: Holder };

/** This process's Prisma client. Only lib/db/transaction.ts asks for it: every read and write has a reach. */
export function database(): PrismaClient {
  const held = hold();
  held.client ??= connect(held.url);
  return held.client;
}

/** The connections of blocks. Only lib/db/sql-transaction.ts asks for them. */
export function blockPool(): pg.Pool {
  const held = hold();
  held.pool ??= openPool(held.url);
  return held.pool;
}

/** Points this process at a database. For programs that are given a URL (tests, benchmarks) and not an environment. */
export function connectDatabase(url: string): void {
  holder.rollcallDatabase = { url };
}

export async function closeDatabase(): Promise<void> {
  const { client, pool } = holder.rollcallDatabase ?? {};
  holder.rollcallDatabase = undefined;
  await Promise.all([client?.$disconnect(), pool?.end()]);
}

function hold(): Holder {
  holder.rollcallDatabase ??= { url: env().DATABASE_URL };
  return holder.rollcallDatabase;
}

function connect(connectionString: string): PrismaClient {
  const adapter = new PrismaPg({
    connectionString,
    max: CONNECTIONS_MAX,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
  });
  // Query logging prints parameters, and parameters are people and sealed tokens.
  return new PrismaClient({ adapter, log: [] });
}

function openPool(connectionString: string): pg.Pool {
  const pool = new pg.Pool({
    connectionString,
    max: BLOCK_CONNECTIONS_MAX,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    query_timeout: STATEMENT_TIMEOUT_MS,
  });
  // A connection that breaks is thrown away, whether it is idle or between two statements of a block, and the next
  // block opens another. Without listeners the restart of a database would end the process.
  const ignore = () => undefined;
  pool.on("error", ignore).on("connect", (client) => client.on("error", ignore));
  return pool;
}
