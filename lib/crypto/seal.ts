import { FlattenedEncrypt } from "jose";
import { toPublicKeyObject, type OkpPublicJwk } from "@/lib/crypto/okp-jwk";
import type { Secret } from "@/lib/crypto/secret";
import { toBindingText, type TokenBinding } from "@/lib/crypto/token-binding";

/** The web process's key: it can seal a token and cannot open one. */
export type SealingPublicKey = OkpPublicJwk<"X25519">;

/** RFC 7518 sections 4.6 and 5.3; X25519 for it is RFC 8037 section 3.2. `openToken` accepts no others. */
export const sealAlgorithms = { alg: "ECDH-ES+A256KW", enc: "A256GCM" } as const;

/**
 * Seals a tenant's token to the workers, bound to its tenant and row.
 * @returns one JWE in flattened JSON serialisation (RFC 7516 section 7.2.2), about 500 characters more than
 *   4/3 of the token's length.
 * @throws SealBrokenError "binding" for ids that cannot be bound.
 */
export async function sealToken(
  publicKey: SealingPublicKey,
  token: Secret,
  binding: TokenBinding,
): Promise<string> {
  const encoder = new TextEncoder();
  const jwe = await new FlattenedEncrypt(encoder.encode(token.reveal()))
    .setProtectedHeader({ ...sealAlgorithms, kid: publicKey.kid })
    .setAdditionalAuthenticatedData(encoder.encode(toBindingText(binding)))
    .encrypt(toPublicKeyObject(publicKey));
  return toSealedText(jwe);
}

const sealedMembers = ["protected", "encrypted_key", "aad", "iv", "ciphertext", "tag"] as const;

/** The members of a sealed token, each base64url. */
export type SealedParts = Record<(typeof sealedMembers)[number], string>;

/**
 * The one spelling of a sealed token: these members, in this order, no blanks. Opening requires it, which refuses
 * additional, missing, doubled and escaped members without a rule for each.
 */
export function toSealedText(parts: object): string {
  return JSON.stringify(parts, [...sealedMembers]);
}
