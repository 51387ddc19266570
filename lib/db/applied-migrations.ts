import "server-only";
import type { Transaction } from "@/lib/db/transaction";

/** The names of the migrations that the database has completed. */
export async function listAppliedMigrations(tx: Transaction): Promise<Set<string>> {
  const rows = await tx.$queryRaw<{ name: string }[]>`
    SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`;
  return new Set(rows.map(({ name }) => name));
}
