import { expect, test } from "vitest";
import { parseOptions } from "@/bench/options";

const known = ["engine.create.20ms", "engine.create.0ms", "directory.read"];

test("without a name every row is measured", () => {
  expect(parseOptions([], known)).toEqual({ ok: true, options: { names: known, json: false } });
  expect(parseOptions(["--json"], known)).toEqual({ ok: true, options: { names: known, json: true } });
});

test("a name selects one row, a prefix all rows that begin with it, and each row is measured once", () => {
  const namesOf = (...args: string[]) => {
    const parsed = parseOptions(args, known);
    return parsed.ok ? parsed.options.names : parsed.message;
  };
  expect(namesOf("directory.read")).toEqual(["directory.read"]);
  expect(namesOf("engine")).toEqual(["engine.create.20ms", "engine.create.0ms"]);
  expect(namesOf("directory", "engine.create.0ms", "engine")).toEqual(known);
});

test("an unknown argument is named in the message, with the existing rows", () => {
  for (const arg of ["engin.create", "create", "--jsn", ""]) {
    const parsed = parseOptions(["directory.read", arg], known);
    expect(parsed).toMatchObject({ ok: false });
    expect(parsed.ok ? "" : parsed.message).toContain(`no row ${arg}`);
    expect(parsed.ok ? "" : parsed.message).toContain("  engine.create.0ms\n  directory.read");
  }
});
