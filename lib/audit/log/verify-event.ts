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
      "its column leaf was edited. Its body and its link agree on another value.",
    );
  const recorded = parseBody(event.body);
  if (!recorded) return eventBroken("edited-event", event, "its body is not an event.");
  for (const [column, inColumn, inBody] of [
    ["action", event.action, recorded.action],
    ["actor_id", event.actorId, recorded.actorId],
    ["tenant_id", event.tenantId, recorded.tenantId],
    ["change_id", event.changeId, recorded.changeId],
  ] as const) {
    if (inColumn === inBody) continue;
    const wrong = `its column ${column} was edited. It says ${inColumn ?? "nothing"}, the sealed body says ${inBody ?? "nothing"}.`;
    return eventBroken("edited-column", event, wrong);
  }
  return null;
}

function parseBody(body: string) {
  try {
    const recorded: unknown = JSON.parse(body);
    if (!isRecord(recorded)) return null;
    return {
      action: textOrNull(recorded.action),
      actorId: isRecord(recorded.actor) ? textOrNull(recorded.actor.id) : null,
      tenantId: textOrNull(recorded.tenantId),
      changeId: textOrNull(recorded.changeId),
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
