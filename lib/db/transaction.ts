import "server-only";
import { database, type PoolName } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";

/** Prisma's types and its SQL template, for whoever writes queries. */
export { Prisma };

export type Transaction = Prisma.TransactionClient;

/** The tenants a transaction may touch: the part of a Scope that the database itself enforces. */
export type Reach = { readonly tenants: "all" | readonly string[] };

export type TransactionOptions = {
  /** How long the work may take before it is rolled back; 15 s unless told. */
  timeoutMs?: number;
  /** Which connections it takes; see lib/db/client.ts. */
  pool?: PoolName;
  /** PostgreSQL's settings by name, for this transaction alone. */
  settings?: Readonly<Record<string, string>>;
};

/**
 * The only way to the database. Opens a transaction, tells PostgreSQL its reach (row-level security does the rest),
 * and runs `work` in it; when `work` throws, nothing of it stands.
 *
 * The reach is local to the transaction (`set_config(…, true)`), so a pooled connection carries none to the next user.
 */
export async function transaction<T>(
  reach: Reach,
  work: (tx: Transaction) => Promise<T>,
  { timeoutMs = 15_000, pool, settings }: TransactionOptions = {},
): Promise<T> {
  const all = reach.tenants === "all" ? "on" : "off";
  const tenants = reach.tenants === "all" ? "{}" : `{${reach.tenants.join(",")}}`;
  const told = { ...settings, "app.all": all, "app.tenants": tenants };
  return database(pool).$transaction(
    async (tx) => {
      await tx.$executeRaw`
        SELECT set_config(name, value, true)
          FROM unnest(${Object.keys(told)}::text[], ${Object.values(told)}::text[]) AS told (name, value)`;
      return work(tx);
    },
    { timeout: timeoutMs, maxWait: 10_000 },
  );
}
