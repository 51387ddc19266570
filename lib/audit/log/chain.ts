import { createHash } from "node:crypto";

/*
 * The chain that makes the audit log tamper-evident. A leaf binds an event's id, time and body; link n binds link n-1
 * and one leaf, so the newest link stands for every event before it; a seal signs a link. All hashes here are SHA-256
 * as 64 lowercase hex digits. Leaves and links begin with different bytes, as in RFC 6962 section 2.1, so that
 * neither can be passed off as the other.
 */

/** The predecessor of the first link. */
export const GENESIS_LINK = "0".repeat(64);

/** An event as the database stores it. `atText` is UTC with microseconds: 2026-11-21T10:50:44.123456Z. */
export type LoggedEvent = {
  id: number;
  atText: string;
  body: string;
  leaf: string;
  action: string;
  actorId: string | null;
  tenantId: string | null;
  changeId: string | null;
};

/** One step of the chain; `seq` counts from 1 without a gap. */
export type Link = { seq: number; eventId: number; leaf: string; link: string };

/** A signed head of the chain: link `seqTo` is `link`. `at` is ISO 8601 in UTC with milliseconds. */
export type Seal = {
  number: number;
  seqTo: number;
  link: string;
  at: string;
  signature: string;
  keyId: string;
};

/** SHA-256 over 0x00 and "id|time|body" in UTF-8. The trigger event_complete computes the same. */
export function leafOf({ id, atText, body }: Pick<LoggedEvent, "id" | "atText" | "body">): string {
  return createHash("sha256").update("\0").update(`${id}|${atText}|${body}`).digest("hex");
}

/** SHA-256 over 0x01, the 32 bytes of the previous link and the 32 bytes of the leaf. */
export function linkOf(previousLink: string, leaf: string): string {
  return createHash("sha256").update("\x01").update(previousLink, "hex").update(leaf, "hex").digest("hex");
}

/**
 * The bytes that a seal signs: five lines of ASCII, each ended by a line feed. A name and version, the seal's number,
 * the last link's seq, the link in hex, and the time.
 */
export function sealBytes({ number, seqTo, link, at }: Omit<Seal, "signature" | "keyId">): Uint8Array {
  return new TextEncoder().encode(`rollcall-seal-v1\n${number}\n${seqTo}\n${link}\n${at}\n`);
}
