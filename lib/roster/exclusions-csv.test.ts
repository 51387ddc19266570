import { expect, test } from "vitest";
import { parseExclusions } from "@/lib/roster/exclusions-csv";

test.each([
  [
    "commas and a byte order mark",
    "\ufeffEmail,First Name,Provisioning Managed\r\nana@a.example,Ana,FALSE\r\n",
  ],
  ["semicolons and quotes", '"First Name";"Provisioning Managed";"Email"\n"Ana; B";false;ana@a.example\n'],
  ["tabs, as pasted from a sheet", "email address\tprovisioning managed\nana@a.example\tno\n"],
])("people who are not managed are read from a file with %s", (_name, text) => {
  expect(parseExclusions(text)).toEqual({ excluded: ["ana@a.example"], managed: 0, problems: [] });
});

test("a blank cell states nothing, true excludes nobody, and one person is listed once", () => {
  const text = [
    "Email,Provisioning Managed",
    "ana@a.example,false",
    "ANA@a.example,false",
    "bo@a.example,TRUE",
    "cy@a.example,",
    "not an address,false",
    "dee@a.example,maybe",
    "short",
  ].join("\n");
  expect(parseExclusions(text)).toEqual({
    excluded: ["ana@a.example"],
    managed: 1,
    problems: [
      { line: 6, message: '"not an address" is not an e-mail address.' },
      { line: 7, message: 'Provisioning Managed is "maybe". Write true or false.' },
    ],
  });
});

test.each([
  "Email,Name\nana@a.example,Ana",
  "ana@a.example\nbo@a.example",
  'Email,Provisioning Managed\n"ana',
  "",
])("text that is not such a file is refused as a whole: %j", (text) => {
  expect(parseExclusions(text)).toEqual(expect.stringContaining("Nothing was read"));
});
