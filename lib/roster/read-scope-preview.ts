import "server-only";
import type { Transaction } from "@/lib/db/transaction";
import type { Scoping } from "@/lib/roster/policy/policy";
import { readEntryBlocks } from "@/lib/roster/entries/read-entries";
import { readExcluded } from "@/lib/roster/entries/read-guards";
import { readPolicy } from "@/lib/roster/policy/read-policy";
import { countPreview, emptyPreview, type ScopePreview } from "@/lib/roster/scope-preview";

/** Compares the tenant's saved scope with another one, over its whole roster. */
export async function readScopePreview(
  tx: Transaction,
  { tenantId, scoping }: { tenantId: string; scoping: Scoping },
): Promise<ScopePreview> {
  const { scoping: before } = await readPolicy(tx, tenantId);
  const excluded = await readExcluded(tx, tenantId);
  const preview = emptyPreview();
  for await (const block of readEntryBlocks(tx, { tenantId })) {
    countPreview(preview, block, { before, after: scoping, excluded });
  }
  return preview;
}
