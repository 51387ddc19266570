import { Buffer } from "node:buffer";

/**
 * The bytes of a base64url text in its one canonical spelling, or null for anything else: padding, foreign
 * alphabets, and the unused bits of a last character, which lenient decoders ignore, so that two texts would
 * name the same bytes (RFC 4648 section 3.5).
 */
export function decodeBase64url(text: string): Uint8Array | null {
  const bytes = Buffer.from(text, "base64url");
  return bytes.toString("base64url") === text ? bytes : null;
}
