import "server-only";
import { GENESIS_LINK, linkOf, type Seal, sealBytes } from "@/lib/audit/log/chain";
import { findHead } from "@/lib/audit/log/chain-head";
import type { Scope } from "@/lib/auth/scope";
import type { Transaction } from "@/lib/db/transaction";

/** Signs heads of the chain. `sign` returns Ed25519 in base64url (lib/crypto/signing.ts). */
export type SealSigner = { keyId: string; sign(bytes: Uint8Array): string };

/** Events under one seal: a transaction of about a second, and 64-byte rows that easily fit in memory. */
export const SEAL_EVENTS_MAX = 10_000;

/**
 * Links the waiting events, oldest id first, removes them from the outbox and signs the new head: all of it, or
 * nothing when the transaction ends early. An event that commits late has a lower id than its predecessors in the
 * chain and follows in a later seal; that is why links have a seq of their own.
 * @returns the seal and how many events it added; null when none waits.
 * @throws SealRefusedError where the chain does not end in its newest seal.
 */
export async function sealPending(
  tx: Transaction,
  scope: Scope,
  signer: SealSigner,
  now: Date,
): Promise<{ seal: Seal; count: number } | null> {
  if (scope.tenants !== "all")
    throw new Error("Sealing needs every tenant in its scope: otherwise a hidden event would stay unsealed.");
  await lockChain(tx);
  const head = await findHead(tx);
  const pending = await tx.$queryRaw<{ id: bigint; leaf: string }[]>`
    SELECT event.id, encode(event.leaf, 'hex') AS leaf FROM event_pending
    JOIN event ON event.id = event_pending.event_id
    ORDER BY event_pending.event_id LIMIT ${SEAL_EVENTS_MAX}`;
  if (pending.length === 0) return null;

  const links = chainLeaves(head?.link ?? GENESIS_LINK, pending);
  const firstSeq = (head?.seqTo ?? 0) + 1;
  const ids = pending.map(({ id }) => String(id));
  await tx.$executeRaw`
    INSERT INTO event_link (seq, event_id, leaf, link)
    SELECT ${firstSeq}::bigint + made.place - 1, made.id, decode(made.leaf, 'hex'), decode(made.link, 'hex')
    FROM unnest(${ids}::bigint[], ${pending.map(({ leaf }) => leaf)}::text[], ${links}::text[])
      WITH ORDINALITY AS made (id, leaf, link, place)`;
  await tx.$executeRaw`DELETE FROM event_pending WHERE event_id = ANY (${ids}::bigint[])`;

  const seal = sign(signer, {
    number: (head?.number ?? 0) + 1,
    seqTo: firstSeq + links.length - 1,
    link: links.at(-1) ?? GENESIS_LINK,
    at: now.toISOString(),
  });
  await insertSeal(tx, seal);
  return { seal, count: links.length };
}

/** Allows one sealer at a time, until the end of the transaction; a second one waits and finds nothing left to do. */
export async function lockChain(tx: Transaction): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('rollcall.audit.chain', 0))`;
}

function chainLeaves(previous: string, pending: readonly { leaf: string }[]): string[] {
  let link = previous;
  return pending.map(({ leaf }) => {
    link = linkOf(link, leaf);
    return link;
  });
}

function sign(signer: SealSigner, head: Omit<Seal, "signature" | "keyId">): Seal {
  return { ...head, signature: signer.sign(sealBytes(head)), keyId: signer.keyId };
}

async function insertSeal(
  tx: Transaction,
  { number, seqTo, link, at, signature, keyId }: Seal,
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO seal (number, seq_to, link, signature, key_id, at)
    VALUES (${number}::bigint, ${seqTo}::bigint, decode(${link}, 'hex'), ${signature}, ${keyId}, ${at}::timestamptz)`;
}
