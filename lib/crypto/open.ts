import { Buffer } from "node:buffer";
import { flattenedDecrypt } from "jose";
import { decodeBase64url } from "@/lib/crypto/base64url";
import { toPrivateKeyObject, type OkpPrivateJwk } from "@/lib/crypto/okp-jwk";
import { sealAlgorithms, toSealedText, type SealedParts } from "@/lib/crypto/seal";
import { SealBrokenError } from "@/lib/crypto/seal-broken-error";
import { Secret } from "@/lib/crypto/secret";
import { toBindingText, type TokenBinding } from "@/lib/crypto/token-binding";

/** A worker's private keys by `kid`: the first is used for sealing now, later ones still open older tokens. */
export type OpeningKeyring = ReadonlyMap<string, OkpPrivateJwk<"X25519">>;

/**
 * Opens a tenant's token for the tenant and row that it was read from.
 * @param sealed what `sealToken` returned, as stored.
 * @throws SealBrokenError, and nothing else, for any text that is not this row's intact sealed token.
 */
export async function openToken(
  privateKeys: OpeningKeyring,
  sealed: string,
  binding: TokenBinding,
): Promise<Secret> {
  const parts = readParts(sealed);
  const key = privateKeys.get(readKeyId(parts.protected));
  if (key === undefined) throw new SealBrokenError("key");
  // jose proves that the text was not changed, not whose it is: without this check, a whole sealed token copied from
  // another tenant's row would open.
  if (parts.aad !== Buffer.from(toBindingText(binding)).toString("base64url"))
    throw new SealBrokenError("binding");
  try {
    const { plaintext } = await flattenedDecrypt(parts, toPrivateKeyObject(key), {
      keyManagementAlgorithms: [sealAlgorithms.alg],
      contentEncryptionAlgorithms: [sealAlgorithms.enc],
    });
    return new Secret(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(plaintext));
  } catch {
    throw new SealBrokenError("integrity");
  }
}

/** Bytes. RFC 7518 sections 5.3 (96-bit iv, 128-bit tag) and 4.4 (a wrapped key is 8 longer than the key). */
const exactSizes: Partial<Record<keyof SealedParts, number>> = { iv: 12, tag: 16, encrypted_key: 40 };

function readParts(sealed: string): SealedParts {
  const members = parseObject(sealed);
  if (toSealedText(members) !== sealed) throw new SealBrokenError("malformed");
  function read(name: keyof SealedParts): string {
    const text = members[name];
    const bytes = typeof text === "string" ? decodeBase64url(text) : null;
    const isSized = bytes !== null && bytes.length === (exactSizes[name] ?? bytes.length);
    if (typeof text !== "string" || !isSized) throw new SealBrokenError("malformed");
    return text;
  }
  return {
    protected: read("protected"),
    encrypted_key: read("encrypted_key"),
    aad: read("aad"),
    iv: read("iv"),
    ciphertext: read("ciphertext"),
    tag: read("tag"),
  };
}

/** The `kid` of a protected header with our algorithms and nothing that would change their meaning. */
function readKeyId(protectedHeader: string): string {
  const header = parseObject(Buffer.from(protectedHeader, "base64url").toString());
  const isOurs = header.alg === sealAlgorithms.alg && header.enc === sealAlgorithms.enc;
  const isPlain = Object.keys(header).sort().join() === "alg,enc,epk,kid";
  if (!isOurs || !isPlain || typeof header.kid !== "string") throw new SealBrokenError("algorithm");
  return header.kid;
}

function parseObject(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new SealBrokenError("malformed");
  }
  if (typeof value !== "object" || value === null) throw new SealBrokenError("malformed");
  return { ...value };
}
