import { leafOf, type LoggedEvent } from "@/lib/audit/log/chain";
import { type Broken, eventBroken } from "@/lib/audit/log/verdict";

/**
 * Checks that an event still matches its hash, and its columns its body. Body and time are hashed together, so an
 * edit of either looks the same.
 * @param sealedLeaf the leaf that its link holds; its own column while it waits for a seal.
 */
export function findEditedEvent(event: LoggedEvent, sealedLeaf: string): Broken | null {
  if (leafOf(event) !== sealedLeaf) {
    const wrong = "its body or its time was edited. It does not match the leaf made when it was written.";
    return eventBroken("edited-event", event, wrong);
  }
  if (event.leaf !== sealedLeaf)
    return eventBroken(
      "edited-column",
      event,
      "its column leaf was edited. Its body and its link agree on another.",
    );
  const told = readTold(event.body);
  if (!told) return eventBroken("edited-event", event, "its body is not an event.");
  for (const [column, inColumn, inBody] of [
    ["action", event.action, told.action],
    ["actor_id", event.actorId, told.actorId],
    ["tenant_id", event.tenantId, told.tenantId],
    ["change_id", event.changeId, told.changeId],
  ] as const) {
    if (inColumn === inBody) continue;
    const wrong = `its column ${column} was edited. It says ${inColumn ?? "nothing"}, the sealed body says ${inBody ?? "nothing"}.`;
    return eventBroken("edited-column", event, wrong);
  }
  return null;
}

function readTold(body: string) {
  try {
    const told: unknown = JSON.parse(body);
    if (!isRecord(told)) return null;
    return {
      action: textOrNull(told.action),
      actorId: isRecord(told.actor) ? textOrNull(told.actor.id) : null,
      tenantId: textOrNull(told.tenantId),
      changeId: textOrNull(told.changeId),
    };
  } catch {
    return null;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function textOrNull(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}
