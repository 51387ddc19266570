import type { Link, LoggedEvent, Seal } from "@/lib/audit/log/chain";

/** The kinds of damage that verification distinguishes. */
export type BrokenKind =
  | "edited-event"
  | "edited-column"
  | "missing-event"
  | "inserted-event"
  | "pending-again"
  | "gap"
  | "reordered"
  | "forged-link"
  | "unsealed-link"
  | "bad-signature"
  | "missing-seal"
  | "seal-mismatch"
  | "rewritten-seal"
  | "cut-tail"
  | "bad-anchor"
  | "missing-anchor";

/** The first item that fails. `message` is a whole sentence that names it and the fault. */
export type Broken = {
  kind: BrokenKind;
  eventId: number | null;
  /** The event's time and action; null where the event is missing. */
  at: string | null;
  action: string | null;
  seq: number | null;
  sealNumber: number | null;
  message: string;
};

export type Tally = { events: number; links: number; seals: number; anchors: number; waiting: number };

/** How far the log is sealed: the last event under the newest seal, and when that was signed. */
export type SealedTo = { eventId: number; seq: number; sealNumber: number; at: string };

export type Verdict =
  | { ok: true; tally: Tally; sealedTo: SealedTo | null }
  | { ok: false; tally: Tally; broken: Broken };

export function eventBroken(
  kind: BrokenKind,
  event: Pick<LoggedEvent, "id" | "atText" | "action">,
  wrong: string,
): Broken {
  const { id, atText, action } = event;
  const message = `Event ${id} (${action}, ${atText}): ${wrong}`;
  return { kind, eventId: id, at: atText, action, seq: null, sealNumber: null, message };
}

export function linkBroken(
  kind: BrokenKind,
  link: Pick<Link, "seq" | "eventId">,
  event: LoggedEvent | null,
  wrong: string,
): Broken {
  const described = event ? `${event.action}, ${event.atText}` : "not there to be read";
  const message = `Link ${link.seq} of event ${link.eventId} (${described}): ${wrong}`;
  const { seq, eventId } = link;
  return {
    kind,
    eventId,
    at: event?.atText ?? null,
    action: event?.action ?? null,
    seq,
    sealNumber: null,
    message,
  };
}

export function sealBroken(kind: BrokenKind, seal: Seal, wrong: string): Broken {
  const message = `Seal ${seal.number} (to link ${seal.seqTo}, ${seal.at}): ${wrong}`;
  return {
    kind,
    eventId: null,
    at: seal.at,
    action: null,
    seq: seal.seqTo,
    sealNumber: seal.number,
    message,
  };
}

/** @param number the first seal without an anchor; `newest`: the log's newest seal */
export function anchorBroken(number: number, newest: number): Broken {
  const message =
    `Anchor of seal ${number}: it is missing, and the log is sealed up to seal ${newest}. The anchors were removed, cut or ` +
    "cannot be read, so a deleted end of the log would not show.";
  return {
    kind: "missing-anchor",
    eventId: null,
    at: null,
    action: null,
    seq: null,
    sealNumber: number,
    message,
  };
}
