import { describe, expect, test } from "vitest";
import { readExclusions } from "@/lib/roster/exclusions-csv";
import { inPieces } from "@/test/csv";

function read(file: string | Uint8Array) {
  const bytes = typeof file === "string" ? Buffer.from(file) : file;
  return readExclusions(inPieces(bytes), { encoding: null, delimiter: null });
}

describe("people who are not managed are read from a file", () => {
  test.each([
    [
      "commas and a byte order mark",
      "\ufeffEmail,First Name,Provisioning Managed\r\nana@a.example,Ana,FALSE\r\n",
    ],
    ["semicolons and quotes", '"First Name";"Provisioning Managed";"Email"\n"Ana; B";false;ana@a.example\n'],
    ["tabs, as pasted from a sheet", "email address\tprovisioning managed\nana@a.example\tno\n"],
    ["UTF-16", Buffer.from("\ufeffE-mail,Provisioning_Managed\r\nana@a.example,false\r\n", "utf16le")],
    [
      "windows-1252",
      Buffer.from("First Name;Email;Provisioning Managed\r\nJ\u00fcrg;ana@a.example;false\r\n", "latin1"),
    ],
  ])("with %s", async (_name, file) => {
    expect(await read(file)).toEqual({ excluded: ["ana@a.example"], managed: 0, problems: [] });
  });

  test("of more than 100,000 characters", async () => {
    const people = Array.from({ length: 10_000 }, (_, n) => `p${n}@a.example,false`);
    const { excluded } = await read(["Email,Provisioning Managed", ...people].join("\n"));
    expect(excluded).toHaveLength(10_000);
  });
});

test("a blank cell states nothing, true excludes nobody, and one person is listed once", async () => {
  const file = [
    "Email,Provisioning Managed",
    "ana@a.example,false",
    "ANA@a.example,false",
    "bo@a.example,TRUE",
    "cy@a.example,",
    "not an address,false",
    "dee@a.example,maybe",
    "short",
  ].join("\n");
  expect(await read(file)).toEqual({
    excluded: ["ana@a.example"],
    managed: 1,
    problems: [
      { row: 6, message: '"not an address" is not an e-mail address.' },
      { row: 7, message: 'Provisioning Managed is "maybe". Write true or false.' },
    ],
  });
});

test.each([
  ["Email,Name\nana@a.example,Ana", /Nothing was read/],
  ["ana@a.example\nbo@a.example", /Nothing was read/],
  ['Email,Provisioning Managed\n"ana', /Nothing was kept/],
  ["PK\x03\x04", /Excel workbook/],
  ["", /Nothing was read/],
])("text that is not such a file is refused as a whole: %j", async (file, message) => {
  await expect(read(file)).rejects.toThrow(message);
});
