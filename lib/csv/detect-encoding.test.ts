import fc from "fast-check";
import { expect, test } from "vitest";
import { detectEncoding } from "@/lib/csv/detect-encoding";

const text = "Vorname;Straße\r\nJürgen;Bäckergäßchen\r\n";

test("a byte order mark decides, whatever follows", () => {
  fc.assert(
    fc.property(fc.uint8Array(), (rest) => {
      expect(detectEncoding(Uint8Array.from([0xef, 0xbb, 0xbf, ...rest]))).toBe("utf-8");
      expect(detectEncoding(Uint8Array.from([0xff, 0xfe, ...rest]))).toBe("utf-16le");
      expect(detectEncoding(Uint8Array.from([0xfe, 0xff, ...rest]))).toBe("utf-16be");
    }),
  );
});

test("UTF-16 without a mark is detected by its zero bytes, in either order", () => {
  const little = Buffer.from(text, "utf16le");
  expect(detectEncoding(little)).toBe("utf-16le");
  expect(detectEncoding(Buffer.from(little).swap16())).toBe("utf-16be");
});

test("any text is UTF-8 in UTF-8, also with its last character cut, and undecided while it is ASCII", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.nat({ max: 3 }), (given, cut) => {
      const bytes = new TextEncoder().encode(`x,${given.replaceAll("\0", "").replace(/^\uFEFF/, "")}ü`);
      const found = detectEncoding(bytes.subarray(0, bytes.length - Math.min(cut, 1)));
      expect(found).toBe("utf-8");
    }),
  );
  expect(detectEncoding(Buffer.from("Email,Name\r\n"))).toBeNull();
});

test("bytes that are not UTF-8 are read as windows-1252", () => {
  expect(detectEncoding(Buffer.from(text, "latin1"))).toBe("windows-1252");
});
