import { KeyFileError } from "@/lib/crypto/key-file-error";
import { readKeyText } from "@/lib/crypto/key-text";
import { decodeBase64url } from "@/lib/crypto/base64url";
import {
  toPrivateJwk,
  toThumbprint,
  type OkpCurve,
  type OkpPrivateJwk,
  type OkpPublicJwk,
} from "@/lib/crypto/okp-jwk";

/**
 * Reads the public key in a file.
 * @throws KeyFileError; "wrong" for a private key too, which would undo the separation of the processes.
 */
export function readPublicJwk<Curve extends OkpCurve>(file: string, curve: Curve): OkpPublicJwk<Curve> {
  const found = parseJwk(file, curve, parseJson(file));
  if (found.d !== undefined)
    throw new KeyFileError(
      file,
      "wrong",
      "holds a private key, but this process may only have the public one",
    );
  return { kty: "OKP", crv: curve, x: found.x, kid: found.kid };
}

/**
 * Reads the private keys in a file: one JWK, or a JWKS (RFC 7517 section 5) whose first key is the active one.
 * @returns by `kid`, in the file's order; never empty.
 * @throws KeyFileError
 */
export function readPrivateJwks<Curve extends OkpCurve>(
  file: string,
  curve: Curve,
): ReadonlyMap<string, OkpPrivateJwk<Curve>> {
  const content = parseJson(file);
  const list = Array.isArray(content.keys) ? content.keys : [content];
  const keys = list.map((member: unknown) => toPrivateKey(file, curve, member));
  if (keys.length === 0) throw new KeyFileError(file, "not-a-key", "holds an empty list of keys");
  return new Map(keys.map((key) => [key.kid, key]));
}

/**
 * Reads the one private key in a file.
 * @throws KeyFileError
 */
export function readPrivateJwk<Curve extends OkpCurve>(file: string, curve: Curve): OkpPrivateJwk<Curve> {
  return toPrivateKey(file, curve, parseJson(file));
}

function toPrivateKey<Curve extends OkpCurve>(
  file: string,
  curve: Curve,
  member: unknown,
): OkpPrivateJwk<Curve> {
  const found = parseJwk(file, curve, member);
  if (found.d === undefined)
    throw new KeyFileError(file, "wrong", "holds a public key, but this process needs the private one");
  const key = toPrivateJwk(curve, found.d);
  if (key.x !== found.x) throw new KeyFileError(file, "wrong", "holds two halves of different keys");
  return key;
}

function parseJwk(file: string, curve: OkpCurve, member: unknown): { x: string; d?: string; kid: string } {
  const jwk: Record<string, unknown> = typeof member === "object" && member !== null ? { ...member } : {};
  const { x, d, kid } = jwk;
  if (jwk.kty !== "OKP" || jwk.crv !== curve)
    throw new KeyFileError(file, "not-a-key", `does not hold a JWK of key type OKP and curve ${curve}`);
  if (!isKeyText(x) || (d !== undefined && !isKeyText(d)))
    throw new KeyFileError(file, "not-a-key", "holds a key that is not 32 bytes of base64url");
  if (publishedKeys.has(x))
    throw new KeyFileError(file, "example", "holds an example key from a published standard");
  // A chosen name could belong to two keys; a thumbprint cannot.
  if (kid !== toThumbprint(curve, x))
    throw new KeyFileError(file, "wrong", "holds a key whose kid is not its thumbprint");
  return { x, d, kid };
}

/** Public parts of the keys in RFC 7748 section 6.1 (Alice, Bob; again in RFC 8037 A.6) and RFC 8037 A.1. */
const publishedKeys = new Set([
  "hSDwCYkwp1R0i33ctD73Wg2_Og0mOBr066SpjqqbTmo",
  "3p7bfXt9wbTTW2HC7OQ1Nz-DQ8hbeGdNrfx-FG-IK08",
  "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
]);

function isKeyText(value: unknown): value is string {
  return typeof value === "string" && decodeBase64url(value)?.length === 32;
}

function parseJson(file: string): Record<string, unknown> {
  const text = readKeyText(file);
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null) return { ...value };
  } catch {
    // The parser's message quotes the text, which is a key, so it is dropped.
  }
  throw new KeyFileError(file, "not-a-key", "does not hold JSON");
}
