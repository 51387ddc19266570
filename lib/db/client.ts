import "server-only";
import { PrismaPg } from "@prisma/adapter-pg";
import { env } from "@/lib/env";
import { PrismaClient } from "@/lib/db/generated/client";

/**
 * Connections of one process: for whatever asks, and for a worker's blocks (heartbeats, claims, results), which must
 * not stand in line behind a hundred tenants' other work, or leases would run out. PostgreSQL's default of 100 leaves
 * room for a web, three workers, a sealer and people.
 */
const poolMax = { shared: 16, blocks: 6 } as const;

export type PoolName = keyof typeof poolMax;

type Holder = { url: string; clients: Partial<Record<PoolName, PrismaClient>> };

// `next dev` loads modules anew on every edit; without a place that outlives them each edit would open a new pool.
const holder = globalThis as { rollcallDatabase?: Holder };

/** A Prisma client of this process. Only lib/db/transaction.ts asks for it: every read and write has a reach. */
export function database(pool: PoolName = "shared"): PrismaClient {
  holder.rollcallDatabase ??= { url: env().DATABASE_URL, clients: {} };
  const { url, clients } = holder.rollcallDatabase;
  clients[pool] ??= connect(url, poolMax[pool]);
  return clients[pool];
}

/** Points this process at a database. For programs that are given a URL (tests, benchmarks) and not an environment. */
export function connectDatabase(url: string): void {
  holder.rollcallDatabase = { url, clients: {} };
}

export async function closeDatabase(): Promise<void> {
  const clients = Object.values(holder.rollcallDatabase?.clients ?? {});
  holder.rollcallDatabase = undefined;
  await Promise.all(clients.map((client) => client.$disconnect()));
}

function connect(connectionString: string, max: number): PrismaClient {
  const adapter = new PrismaPg({ connectionString, max, connectionTimeoutMillis: 10_000 });
  // Query logging prints parameters, and parameters are people and sealed tokens.
  return new PrismaClient({ adapter, log: [] });
}
