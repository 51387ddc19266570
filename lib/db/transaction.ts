import "server-only";
import { database } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";

/** Prisma's types and its SQL template, for code that writes queries. */
export { Prisma };

export type Transaction = Prisma.TransactionClient;

/**
 * The part of a Scope that the database itself uses: the tenants that a transaction may touch, and the operator whom
 * its triggers record as an author.
 */
export type Reach = {
  readonly tenants: "all" | readonly string[];
  readonly actor?: { readonly kind: "operator" | "system"; readonly id: string };
};

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

/**
 * The settings that row-level security (prisma/migrations/0002_guards) and the triggers that record authors
 * (0022_authors) read.
 */
export function toSettings({ tenants, actor }: Reach): Record<string, string> {
  return {
    "app.all": tenants === "all" ? "on" : "off",
    "app.tenants": tenants === "all" ? "{}" : `{${tenants.join(",")}}`,
    "app.operator": actor?.kind === "operator" ? actor.id : "",
    "app.change": "",
  };
}
