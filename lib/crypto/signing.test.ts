import { Buffer } from "node:buffer";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { generateOkpPrivateJwk, toPrivateJwk, toPublicJwk } from "@/lib/crypto/okp-jwk";
import { signBytes, verifyBytes } from "@/lib/crypto/signing";

const privateKey = generateOkpPrivateJwk("Ed25519");
const publicKey = toPublicJwk(privateKey);

describe("a signature", () => {
  test("is what RFC 8037 appendix A.4 prints, under the thumbprint of appendix A.3", () => {
    const published = toPrivateJwk("Ed25519", "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A");
    expect(published.kid).toBe("kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
    expect(
      signBytes(published, Buffer.from("eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc")),
    ).toBe("hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg");
  });

  test("holds for the bytes that were signed and for no others", () => {
    const bytes = fc.uint8Array({ minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(bytes, fc.nat(), fc.integer({ min: 1, max: 255 }), (signed, at, mask) => {
        const signature = signBytes(privateKey, signed);
        expect(verifyBytes(publicKey, signed, signature)).toBe(true);
        const changed = Uint8Array.from(signed, (byte, index) =>
          index === at % signed.length ? byte ^ mask : byte,
        );
        expect(verifyBytes(publicKey, changed, signature)).toBe(false);
      }),
    );
  });

  test("of another key, or in any other spelling, is false and throws nothing", () => {
    const bytes = Buffer.from("seal");
    const signature = signBytes(privateKey, bytes);
    const stranger = toPublicJwk(generateOkpPrivateJwk("Ed25519"));
    expect(verifyBytes(stranger, bytes, signature)).toBe(false);
    const last = signature.charCodeAt(signature.length - 1);
    const unusedBits = signature.slice(0, -1) + String.fromCharCode(last + 1);
    const spellings = ["", "?", `${signature}==`, signature.slice(0, -2), `${signature}AA`, unusedBits];
    for (const spelling of spellings) expect(verifyBytes(publicKey, bytes, spelling)).toBe(false);
  });
});
