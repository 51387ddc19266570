import "server-only";
import { appendEvent } from "@/lib/audit/log/append";
import { authorize } from "@/lib/auth/authorize";
import type { Scope } from "@/lib/auth/scope";
import { transaction } from "@/lib/db/transaction";

type Export = { list: string; tenantId?: string; changeId?: string; filters: Record<string, string> };

/**
 * Writes down that somebody takes a list along, before the first row leaves: an export that is cut off was one too.
 * The log's own export has an action of its own.
 */
export async function recordExport(scope: Scope, told: Export): Promise<void> {
  const { list, tenantId, changeId, filters } = told;
  authorize(scope, "list.export", tenantId === undefined ? [] : [tenantId]);
  await transaction(scope, (tx) =>
    appendEvent(tx, scope, {
      action: list === "events" ? "audit.exported" : "list.exported",
      tenantId,
      changeId,
      target: list,
      result: "ok",
      details: { filters },
    }),
  );
}
