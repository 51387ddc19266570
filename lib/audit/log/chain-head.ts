import "server-only";
import type { Seal } from "@/lib/audit/log/chain";
import { SealRefusedError } from "@/lib/audit/log/seal-refused-error";
import type { Transaction } from "@/lib/db/transaction";

/**
 * The newest seal; null before the first.
 * @throws SealRefusedError where the newest link is not the one it signed: links and seals are only written together.
 */
export async function findHead(tx: Transaction): Promise<Seal | null> {
  const row = await tx.seal.findFirst({ orderBy: { number: "desc" } });
  const [last] = await tx.$queryRaw<{ seq: bigint; link: string }[]>`
    SELECT seq, encode(link, 'hex') AS link FROM event_link ORDER BY seq DESC LIMIT 1`;
  const head = row && toSeal(row);
  if (head?.link !== last?.link || row?.seqTo !== last?.seq)
    throw new SealRefusedError(
      "The audit chain does not end in its newest seal: links or seals were added or removed.",
    );
  return head;
}

export async function findSeal(tx: Transaction, number: number): Promise<Seal | null> {
  const row = await tx.seal.findUnique({ where: { number: BigInt(number) } });
  return row && toSeal(row);
}

type SealRow = {
  number: bigint;
  seqTo: bigint;
  link: Uint8Array;
  at: Date;
  signature: string;
  keyId: string;
};

export function toSeal({ number, seqTo, link, at, signature, keyId }: SealRow): Seal {
  const hex = Buffer.from(link).toString("hex");
  return { number: Number(number), seqTo: Number(seqTo), link: hex, at: at.toISOString(), signature, keyId };
}
