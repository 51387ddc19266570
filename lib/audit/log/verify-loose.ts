import type { AnchoredSeal, LooseEvent, SealKey } from "@/lib/audit/log/log-reading";
import { type Broken, eventBroken, sealBroken } from "@/lib/audit/log/verdict";
import { findEditedEvent } from "@/lib/audit/log/verify-event";
import { findForgedSeal, isSameSeal } from "@/lib/audit/log/verify-seal";

/** Checks that an event outside the walk is legitimate: it waits for its seal, or was sealed meanwhile. */
export function findBrokenLooseEvent({ event, eventId, isPending, isLinked }: LooseEvent): Broken | null {
  if (!event) {
    const gone = { id: eventId, atText: "time unknown", action: "not there to be read" };
    return {
      ...eventBroken("missing-event", gone, "it waited for its seal and is missing."),
      at: null,
      action: null,
    };
  }
  if (!isPending && !isLinked)
    return eventBroken("inserted-event", event, "it has no link and does not wait for one. It was inserted.");
  return findEditedEvent(event, event.leaf);
}

/**
 * Checks that the database still has the anchored seal. The walk verified the seal itself, so a difference means
 * either an edited anchor, which its signature shows, or a database with another past.
 */
export function findBrokenAnchor({ anchor, seal }: AnchoredSeal, key: SealKey): Broken | null {
  if (seal && isSameSeal(seal, anchor)) return null;
  if (findForgedSeal(anchor, key))
    return sealBroken(
      "bad-anchor",
      anchor,
      "this anchor was edited or forged. Its signature does not match.",
    );
  if (!seal) {
    const wrong =
      "it was anchored, and the database does not hold it. The end of the log was deleted, or an older copy of the database was restored.";
    return sealBroken("cut-tail", anchor, wrong);
  }
  return sealBroken("rewritten-seal", anchor, "the database holds another seal under its number.");
}
