import "server-only";
import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import type { Transaction } from "@/lib/db/transaction";

export type HeldLines = { hash: string; lines: number };

type HeldLine = {
  tenantId: string;
  seq: number;
  kind: string;
  target: string;
  resourceId: string | null;
  intent: unknown;
};

/**
 * What an approval covers: SHA-256 over the canonical JSON (RFC 8785) of each held line, in the order of tenants and
 * lines. A line that is added, removed or changed gives another hash.
 */
export async function hashHeldLines(tx: Transaction, changeId: string): Promise<HeldLines> {
  const lines = await tx.$queryRaw<HeldLine[]>`
    SELECT tenant_id AS "tenantId", seq, kind, target, resource_id AS "resourceId", intent FROM operation
     WHERE change_id = ${changeId}::uuid AND state = 'held' ORDER BY tenant_id, seq`;
  const hash = createHash("sha256");
  for (const line of lines) hash.update(`${canonicalize(line)}\n`);
  return { hash: hash.digest("hex"), lines: lines.length };
}
