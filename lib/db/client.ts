import "server-only";
import { PrismaPg } from "@prisma/adapter-pg";
import { env } from "@/lib/env";
import { PrismaClient } from "@/lib/db/generated/client";

/** Connections of one process; PostgreSQL's default of 100 leaves room for a web, a worker, a sealer and people. */
const POOL_MAX = 20;

// `next dev` loads modules anew on every edit; without a place that outlives them each edit would open a new pool.
const holder = globalThis as { rollcallDatabase?: PrismaClient };

/** The one Prisma client of this process. Only lib/db/transaction.ts asks for it: every read and write has a reach. */
export function database(): PrismaClient {
  holder.rollcallDatabase ??= connect(env().DATABASE_URL);
  return holder.rollcallDatabase;
}

/** Points this process at a database. For programs that are given a URL (tests, benchmarks) and not an environment. */
export function connectDatabase(url: string): void {
  holder.rollcallDatabase = connect(url);
}

export async function closeDatabase(): Promise<void> {
  await holder.rollcallDatabase?.$disconnect();
  holder.rollcallDatabase = undefined;
}

function connect(connectionString: string): PrismaClient {
  const adapter = new PrismaPg({ connectionString, max: POOL_MAX, connectionTimeoutMillis: 10_000 });
  // Query logging prints parameters, and parameters are people and sealed tokens.
  return new PrismaClient({ adapter, log: [] });
}
