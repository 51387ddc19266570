import { stringify } from "csv-stringify/sync";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { delimiters, detectDelimiter } from "@/lib/csv/detect-delimiter";

test("the delimiter of any table is found, whatever its quoted cells hold", () => {
  const table = fc
    .tuple(fc.integer({ min: 2, max: 8 }), fc.integer({ min: 1, max: 20 }))
    .chain(([columns, rows]) =>
      fc.array(fc.array(fc.string(), { minLength: columns, maxLength: columns }), {
        minLength: rows,
        maxLength: rows,
      }),
    );
  fc.assert(
    fc.property(table, fc.constantFrom(...delimiters), (rows, delimiter) => {
      const head = stringify([rows[0]?.map((_, index) => `c${index}`) ?? [], ...rows], {
        delimiter,
        quoted_match: /[,;\t|"\r\n]/,
      });
      expect(detectDelimiter(head, true)).toEqual({ delimiter, skip: 0 });
    }),
  );
});

describe("of a file's beginning", () => {
  test.for([
    ["one column has none, so a comma will do", "Email\r\na@b.ch\r\n", ","],
    ["decimals with commas do not outvote semicolons", "a;b;c\r\n1,5;2,5;3\r\n1;2;3\r\n", ";"],
    ["a quote inside a cell opens nothing", 'size;note\r\n5" pipe;x\r\n6" pipe;y\r\n', ";"],
    ["line breaks inside quotes end no line", 'a,b\r\n"x\n;;;\ny",z\r\n', ","],
    ["old Mac line ends end lines", "a|b\rc|d\r", "|"],
  ] as const)("%s", ([, head, delimiter]) => {
    expect(detectDelimiter(head, true).delimiter).toBe(delimiter);
  });

  test("a line that the window cuts does not count", () => {
    expect(detectDelimiter("a;b\r\n1;2\r\n3,,,,", false).delimiter).toBe(";");
  });

  test("Excel's sep line names it and is not a row", () => {
    expect(detectDelimiter("sep=;\r\na,b;c\r\n", true)).toEqual({ delimiter: ";", skip: 7 });
  });
});
