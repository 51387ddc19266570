import { Writable } from "node:stream";
import { expect, test } from "vitest";
import { createLog } from "@/lib/log";

function write(fields: object): string {
  const lines: string[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString());
      done();
    },
  });
  createLog(stream).info(fields, "said");
  return lines.join("");
}

test("a field that is not allowed is dropped, so that logging a whole row by mistake leaks nothing", () => {
  const line = write({
    tenantId: "t-1",
    sealed: "CANARY",
    userName: "ana@acme.example",
    nested: { token: "CANARY" },
  });
  expect(JSON.parse(line)).toMatchObject({ tenantId: "t-1", msg: "said" });
  expect(line).not.toMatch(/CANARY|ana@/);
});

test("an error logs its name, code and place, but not its message", () => {
  const error = Object.assign(new Error("duplicate key (email)=(ana@acme.example)"), { code: "P2002" });
  const line = write({ err: error });
  expect(JSON.parse(line).err).toMatchObject({
    name: "Error",
    code: "P2002",
    frames: expect.arrayContaining([expect.stringContaining("log.test")]),
  });
  expect(line).not.toContain("ana@");
});
