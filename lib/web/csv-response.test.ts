import { expect, test } from "vitest";
import { csvResponse } from "@/lib/web/csv-response";

test("pages are read only as they are sent, and none after the reader stops", async () => {
  let made = 0;
  let isClosed = false;
  async function* endless() {
    try {
      for (;;) yield [[String(++made), "=1+1"]];
    } finally {
      isClosed = true;
    }
  }
  const { body } = csvResponse("people of Ärzte", ["Number", "Sum"], endless());
  const reader = body?.getReader();
  const first = await reader?.read();
  const second = await reader?.read();
  expect(Buffer.concat([first?.value ?? Buffer.of(), second?.value ?? Buffer.of()]).toString()).toBe(
    "\uFEFFNumber,Sum\r\n1,'=1+1\r\n",
  );
  expect(made).toBeLessThanOrEqual(3);
  await reader?.cancel();
  expect(isClosed).toBe(true);
});

test("a list that cannot be read to its end is cut off and does not look complete", async () => {
  async function* broken() {
    yield [["a"]];
    throw new Error("the database went away");
  }
  await expect(csvResponse("x", ["X"], broken()).text()).rejects.toThrow("went away");
});

test("the file's name holds nothing that a header cannot carry", () => {
  async function* none() {}
  const named = (name: string) => csvResponse(name, ["X"], none()).headers.get("content-disposition");
  expect(named('x"; filename=evil.exe\r\nSet-Cookie: a')).toBe(
    'attachment; filename="x-filename-evil.exe-Set-Cookie-a.csv"',
  );
  expect(named("名簿")).toBe('attachment; filename="export.csv"');
});
