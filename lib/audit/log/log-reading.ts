import { GENESIS_LINK, type Link, type LoggedEvent, type Seal } from "@/lib/audit/log/chain";

/**
 * A reading of the log: links by seq, seals by number, each from `start` on; anchors and loose events in any order.
 */
export type LogReading = {
  start: ChainStart;
  links: AsyncIterable<LinkedEvent>;
  seals: AsyncIterable<Seal>;
  anchors: AsyncIterable<AnchoredSeal>;
  /** Which anchors must be there. */
  due: DueAnchors;
  loose: AsyncIterable<LooseEvent>;
};

/** The number of the newest seal, 0 for none, and whether each one's anchor must be given, or the newest alone. */
export type DueAnchors = { newest: number; isEach: boolean };

/**
 * A link with the event it names (null: missing). `isPending`: the outbox holds the event, so it waits for a seal.
 */
export type LinkedEvent = Link & { event: LoggedEvent | null; isPending: boolean };

/** An event, or an outbox entry, that no link of the walk holds. `isLinked`: a newer link holds it by now. */
export type LooseEvent = {
  eventId: number;
  event: LoggedEvent | null;
  isPending: boolean;
  isLinked: boolean;
};

/** An anchor, and the database's seal with the same number. */
export type AnchoredSeal = { anchor: Seal; seal: Seal | null };

/** Where a walk begins: after a trusted link, either the first or one with a verified seal. */
export type ChainStart = { seq: number; link: string; sealNumber: number };

export const GENESIS: ChainStart = { seq: 0, link: GENESIS_LINK, sealNumber: 0 };

/** The public key of the log. */
export type SealKey = { keyId: string; verify(bytes: Uint8Array, signature: string): boolean };
