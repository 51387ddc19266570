import { type Seal, sealBytes } from "@/lib/audit/log/chain";
import type { SealKey } from "@/lib/audit/log/log-reading";
import { type Broken, sealBroken } from "@/lib/audit/log/verdict";

/** Checks that this log's key signed this seal. */
export function findForgedSeal(seal: Seal, key: SealKey): Broken | null {
  if (seal.keyId !== key.keyId) {
    const wrong = `it was signed with key ${seal.keyId}, and this log's key is ${key.keyId}.`;
    return sealBroken("bad-signature", seal, wrong);
  }
  if (key.verify(sealBytes(seal), seal.signature)) return null;
  return sealBroken("bad-signature", seal, "its signature does not match. The seal was edited or forged.");
}

export function isSameSeal(one: Seal, other: Seal): boolean {
  return (
    one.number === other.number &&
    one.seqTo === other.seqTo &&
    one.link === other.link &&
    one.at === other.at &&
    one.signature === other.signature &&
    one.keyId === other.keyId
  );
}
