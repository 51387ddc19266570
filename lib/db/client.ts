import "server-only";
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { env } from "@/lib/env";
import { PrismaClient } from "@/lib/db/generated/client";

/**
 * Connection limits of one process: Prisma's, for general use, and those of a worker's blocks (heartbeats, claims,
 * results). Blocks must not queue behind a hundred tenants' other work, or leases would run out. PostgreSQL's default
 * of 100 has room for a web, three workers, a sealer and people.
 */
const CONNECTIONS_MAX = 16;
const BLOCK_CONNECTIONS_MAX = 6;

const CONNECT_TIMEOUT_MS = 10_000;

/** The limit for the answer to a block's statement: a frozen server never answers. */
const ANSWER_TIMEOUT_MS = 15_000;

type Holder = { url: string; client?: PrismaClient; pool?: pg.Pool };

// `next dev` reloads modules on every edit; a global keeps each edit from opening a new pool.
const holder = globalThis as { rollcallDatabase?: Holder };

/** This process's Prisma client. Only lib/db/transaction.ts calls it, so that every read and write has a reach. */
export function database(): PrismaClient {
  const held = hold();
  held.client ??= connect(held.url);
  return held.client;
}

/** The connections of blocks. Only lib/db/sql-transaction.ts calls it. */
export function blockPool(): pg.Pool {
  const held = hold();
  held.pool ??= openPool(held.url);
  return held.pool;
}

/** The database of this process, for the queue, which has connections of its own. */
export function databaseUrl(): string {
  return hold().url;
}

/** Connects this process to a database. For programs that get a URL (tests, benchmarks) instead of an environment. */
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
  // Query logging prints parameters, which are people and sealed tokens.
  return new PrismaClient({ adapter, log: [] });
}

function openPool(connectionString: string): pg.Pool {
  const pool = new pg.Pool({
    connectionString,
    max: BLOCK_CONNECTIONS_MAX,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: ANSWER_TIMEOUT_MS,
  });
  // A broken connection is discarded, whether idle or between two statements of a block, and the next block opens
  // another. Without listeners a database restart would end the process.
  const ignore = () => undefined;
  pool.on("error", ignore).on("connect", (client) => client.on("error", ignore));
  return pool;
}
