import { GENESIS_LINK, type Link, type LoggedEvent, type Seal } from "@/lib/audit/log/chain";

/** The log as it is read: links by seq, seals by number, each from `start` on; anchors and loose events in any order. */
export type LogReading = {
  start: ChainStart;
  links: AsyncIterable<LinkedEvent>;
  seals: AsyncIterable<Seal>;
  anchors: AsyncIterable<AnchoredSeal>;
  loose: AsyncIterable<LooseEvent>;
};

/** A link with the event it names (null: gone). `isPending`: the outbox holds the event, so it waits for a seal. */
export type LinkedEvent = Link & { event: LoggedEvent | null; isPending: boolean };

/** An event, or an entry of the outbox, that no link of the walk holds. `isLinked`: a newer link holds it by now. */
export type LooseEvent = {
  eventId: number;
  event: LoggedEvent | null;
  isPending: boolean;
  isLinked: boolean;
};

/** A seal as it was anchored outside the database, and the seal of that number in the database. */
export type AnchoredSeal = { anchor: Seal; seal: Seal | null };

/** Where a walk begins: after a link that is trusted, because it is the first or because its seal was verified. */
export type ChainStart = { seq: number; link: string; sealNumber: number };

export const GENESIS: ChainStart = { seq: 0, link: GENESIS_LINK, sealNumber: 0 };

/** The public key of the log. */
export type SealKey = { keyId: string; verify(bytes: Uint8Array, signature: string): boolean };
