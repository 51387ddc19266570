import "server-only";
import { Prisma } from "@/lib/db/transaction";

/**
 * Fixed words as a list in SQL: `('queued', 'sent')`. They are literals, not parameters, because PostgreSQL matches
 * the condition of a partial index only against literals. test/sql.db.test.ts reads them from their type.
 * @throws Error when a word is more than small letters and underscores
 */
export function sqlWords(words: readonly string[]): Prisma.Sql {
  const strange = words.find((word) => !/^[a-z_]+$/.test(word));
  if (strange !== undefined) throw new Error(`Not a plain word: ${strange}`);
  return Prisma.raw(`(${words.map((word) => `'${word}'`).join(", ")})`);
}
