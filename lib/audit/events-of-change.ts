import "server-only";
import { type ChangeEvent, parseEventBody } from "@/lib/audit/event-dto";
import type { AuditAction } from "@/lib/audit/log/events";
import { currentAction, storedActions } from "@/lib/audit/log/renamed-actions";
import type { Transaction } from "@/lib/db/transaction";

/** Reads when, by whom and why these actions happened to a change, oldest first. Each tenant's log has its own copy. */
export async function readEventsOfChange<Action extends AuditAction>(
  tx: Transaction,
  { changeId, actions }: { changeId: string; actions: readonly Action[] },
): Promise<ChangeEvent<Action>[]> {
  const rows = await tx.$queryRaw<{ id: string; action: string; at: Date; body: string }[]>`
    SELECT DISTINCT ON (at, action, actor_id) id::text, action, at, body FROM event
     WHERE change_id = ${changeId}::uuid AND action = ANY (${actions.flatMap(storedActions)}::text[])
     ORDER BY at, action, actor_id, id`;
  return rows.map(({ body, action, ...row }) => {
    const { actor, reason = null, details = null } = parseEventBody(body);
    return { ...row, action: currentAction(action) as Action, by: actor.name, reason, details };
  });
}
