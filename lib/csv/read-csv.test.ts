import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AppError } from "@/lib/errors";
import { inPieces, readWhole } from "@/test/csv";
import { csvLimits } from "@/lib/csv/limits";
import { readCsv } from "@/lib/csv/read-csv";
import { byteOrderMark, toCsv } from "@/lib/csv/to-csv";
import { propertyRuns } from "@/test/run-length";

const limits = { ...csvLimits };

test("an exported file reads back the same, in pieces of any size", async () => {
  // PostgreSQL stores neither NUL nor half characters, so no cell of ours holds one.
  const cell = fc
    .oneof(
      fc.string({ unit: "grapheme" }),
      fc.constantFrom("=1", "'=1", "a;b", 'say "hi"', "x\r\ny", "\t", "+41 79", "😀"),
    )
    .map((text) => text.toWellFormed().replaceAll("\0", ""));
  const rows = fc
    .integer({ min: 1, max: 6 })
    .chain((columns) =>
      fc.array(fc.array(cell, { minLength: columns, maxLength: columns }), { minLength: 1, maxLength: 12 }),
    );
  await fc.assert(
    fc.asyncProperty(rows, fc.integer({ min: 1, max: 40 }), async (given, pieceBytes) => {
      const header = given[0]?.map((_, index) => `Column ${index + 1}`) ?? [];
      const read = await readWhole(byteOrderMark + toCsv([header, ...given]), { pieceBytes });
      expect(read.columns).toEqual(header);
      const said = given.filter((cells) => cells.some((text) => text.trim() !== ""));
      expect(read.rows.map(({ cells }) => cells)).toEqual(said);
    }),
    { numRuns: propertyRuns(200) },
  );
});

describe("encodings", () => {
  test("a late byte outside ASCII decides the encoding", async () => {
    const start = `Email;Name\r\n${"a@b.ch;Ann\r\n".repeat(10_000)}`;
    const windows = await readWhole(Buffer.from(`${start}j@b.ch;Jürgen\r\n`, "latin1"));
    expect([windows.encoding, windows.rows.at(-1)?.cells[1]]).toEqual(["windows-1252", "Jürgen"]);
    const utf8 = await readWhole(`${start}j@b.ch;Jürgen 😀\r\n`, { pieceBytes: 7 });
    expect([utf8.encoding, utf8.rows.at(-1)?.cells[1]]).toEqual(["utf-8", "Jürgen 😀"]);
  });

  test("a chosen encoding is used, and UTF-16 needs no mark", async () => {
    const japanese = Uint8Array.from([...Buffer.from("Name\r\n"), 0x93, 0x63, 0x92, 0x86]);
    expect((await readWhole(japanese, { encoding: "shift_jis" })).rows[0]?.cells).toEqual(["田中"]);
    expect((await readWhole(Buffer.from("Name,Ort\r\nÄnne,Zürich\r\n", "utf16le"))).rows[0]?.cells).toEqual([
      "Änne",
      "Zürich",
    ]);
  });
});

test("rows have the numbers that a spreadsheet shows, which counts the header and what is blank", async () => {
  const read = await readWhole('sep=,\r\n\r\nEmail,Note\r\na@b.ch,"two\r\nlines"\r\n\r\nc@d.ch,\r\n');
  expect(read.rows.map(({ seq }) => seq)).toEqual([3, 5]);
});

test("blank rows are left out but counted, blank headers get a name, duplicate headers a number", async () => {
  const read = await readWhole("\r\nEmail,,email,\r\na@b.ch,1,2\r\n\r\n,,,\r\nc@d.ch,3,4,,\r\n");
  expect(read.columns).toEqual(["Email", "Column 2", "email (2)"]);
  expect(read.rows).toEqual([
    { seq: 3, cells: ["a@b.ch", "1", "2"] },
    { seq: 6, cells: ["c@d.ch", "3", "4"] },
  ]);
});

test.for([",", ";"])(
  "Microsoft's version line and example are no header and no person, with %s",
  async (sign) => {
    const file = [
      "version:v1.0",
      "Name [displayName] Required;User name [userPrincipalName] Required;Department [department]",
      "Example: Ida Holm;ida@b.ch;Sales",
      "Ida Holm;ida@b.ch;Legal",
    ].join("\r\n");
    for (const given of [file, file.replace("v1.0", "v1.0;;")]) {
      const read = await readWhole(given.replaceAll(";", sign));
      expect([read.columns.length, read.rows.map(({ cells }) => cells)]).toEqual([
        3,
        [["Ida Holm", "ida@b.ch", "Legal"]],
      ]);
    }
  },
);

test("ragged rows, stray quotes and mixed line ends are kept as they are", async () => {
  const read = await readWhole('a,b\r\n1\n1,2,3\r5" pipe,x\r\n"2\r\n3",4\r\n');
  expect(read.rows.map(({ cells }) => cells)).toEqual([
    ["1"],
    ["1", "2", "3"],
    ['5" pipe', "x"],
    ["2\r\n3", "4"],
  ]);
});

test("a row longer than any header may be is distinguished from one that fits", async () => {
  const cells = (count: number) => Array.from({ length: count }, (_, index) => `c${index}`).join(",");
  const read = await readWhole(`${cells(200)}\r\n${cells(300)}\r\n`);
  expect([read.columns.length, read.rows[0]?.cells.length]).toEqual([200, 201]);
});

test("passwords are dropped, and their columns named", async () => {
  const read = await readWhole(
    "Email,Temporary password,Mot de passe,Pinned\r\na@b.ch,hunter2,geheim,yes\r\n",
  );
  expect(read.rows[0]?.cells).toEqual(["a@b.ch", "", "", "yes"]);
});

test("a password that an extra delimiter moved under another header is dropped too", async () => {
  const read = await readWhole("Email,Name,Password,Department\r\na@b.ch,Holm, Ida,hunter2,Legal\r\n");
  expect(read.rows[0]?.cells).toEqual(["a@b.ch", "Holm", "", "", "Legal"]);
});

describe("a refusal gives cause and next step", () => {
  const many = (count: number, of: (index: number) => string) =>
    Array.from({ length: count }, (_, index) => of(index));
  test.for([
    ["nothing", "", /is empty/],
    ["a workbook", "PK\x03\x04rest", /Excel workbook.*save it as/],
    ["zeros", "Email\r\n\0\0\0\0\0\0", /is no text/],
    ["a quote that stays open", 'a,b\r\n1,2\r\n"3,4\r\n5,6\r\n', /opens in row 3 and never closes/],
    ["a quote that never ends", `a,b\r\n"${"x,".repeat(1_100_000)}`, /never closes/],
    ["a million twins", "a,".repeat(900_000), /more than 200 columns/],
    ["too many columns", many(201, (index) => `c${index}`).join(","), /more than 200 columns/],
    [
      "a cell that is too long",
      `a,b\r\n1,${"x".repeat(32_768)}\r\n`,
      /Row 2, column “b”, .* 32,767 characters/,
    ],
  ] as const)("%s", async ([, file, message]) => {
    const refusal = await readWhole(file).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(AppError);
    expect((refusal as AppError).message).toMatch(message);
  });

  test("too many bytes and too many rows are refused as soon as they are reached", async () => {
    const people = `Email\r\n${"a@b.ch\r\n".repeat(1_000)}`;
    await expect(readWhole(people, { limits: { ...limits, bytesMax: 4_000 } })).rejects.toThrow(
      /larger than/,
    );
    await expect(readWhole(people, { limits: { ...limits, rowsMax: 999 } })).rejects.toThrow(
      /more than 999 rows/,
    );
    expect((await readWhole(people, { limits: { ...limits, rowsMax: 1_000 } })).rows).toHaveLength(1_000);
  });
});

describe("the source is closed", () => {
  function endless(header: string) {
    const source = { isClosed: false };
    async function* bytes() {
      try {
        yield Buffer.from(header);
        for (;;) yield Buffer.from("a@b.ch\r\n".repeat(1_000));
      } finally {
        source.isClosed = true;
      }
    }
    return { source, bytes: bytes() };
  }
  const found = { encoding: null, delimiter: null };

  test("when nobody reads further rows", async () => {
    const { source, bytes } = endless("Email\r\n");
    const csv = await readCsv(bytes, found);
    await csv.blocks.next();
    await csv.blocks.return(undefined);
    await expect.poll(() => source.isClosed).toBe(true);
  });

  test("when its header is refused", async () => {
    const { source, bytes } = endless(`${"c,".repeat(300)}c\r\n`);
    await expect(readCsv(bytes, found)).rejects.toThrow(/more than 200 columns/);
    await expect.poll(() => source.isClosed).toBe(true);
  });
});

test("an error of the source is an error of the rows", async () => {
  async function* broken() {
    yield* inPieces(Buffer.from(`Email\r\n${"a@b.ch\r\n".repeat(20_000)}`));
    throw new Error("cut off");
  }
  const csv = await readCsv(broken(), { encoding: null, delimiter: null });
  await expect(Array.fromAsync(csv.blocks)).rejects.toThrow("cut off");
});
