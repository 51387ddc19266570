import "server-only";
import { database } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";

/** Prisma's types and its SQL template, for code that writes queries. */
export { Prisma };

export type Transaction = Prisma.TransactionClient;

/** The tenants a transaction may touch: the part of a Scope that the database itself enforces. */
export type Reach = { readonly tenants: "all" | readonly string[] };

export type TransactionOptions = {
  /** Time limit in ms before the work is rolled back; 15 s by default. */
  timeoutMs?: number;
};

/**
 * Opens a transaction, sets its reach in PostgreSQL (row-level security enforces it), and runs `work` in it; when
 * `work` throws, everything is rolled back. This is the only way to the database besides a worker's blocks
 * (lib/db/sql-transaction.ts).
 *
 * The reach is local to the transaction (`set_config(…, true)`), so a pooled connection carries none to the next
 * user.
 */
export async function transaction<T>(
  reach: Reach,
  work: (tx: Transaction) => Promise<T>,
  { timeoutMs = 15_000 }: TransactionOptions = {},
): Promise<T> {
  const settings = toSettings(reach);
  return database().$transaction(
    async (tx) => {
      await tx.$executeRaw`
        SELECT set_config(name, value, true)
          FROM unnest(${Object.keys(settings)}::text[], ${Object.values(settings)}::text[]) AS given (name, value)`;
      return work(tx);
    },
    { timeout: timeoutMs, maxWait: 10_000 },
  );
}

/** The settings that the row-level security policies read (prisma/migrations/0002_guards). */
export function toSettings({ tenants }: Reach): Record<string, string> {
  return {
    "app.all": tenants === "all" ? "on" : "off",
    "app.tenants": tenants === "all" ? "{}" : `{${tenants.join(",")}}`,
  };
}
