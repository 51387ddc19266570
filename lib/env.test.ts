import fs from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { environmentSchema, parseEnvironment } from "@/lib/env";

const DATABASE_URL = "postgresql://rollcall_web@localhost/rollcall";

test(".env.example names every variable that is read, and no other", async () => {
  const example = await fs.readFile(path.resolve(import.meta.dirname, "../.env.example"), "utf8");
  const named = [...example.matchAll(/^#? ?([A-Z][A-Z_]+)=/gm)].map(([, name]) => name);
  expect(named.sort()).toEqual(Object.keys(environmentSchema.shape).sort());
});

test("every missing or wrong variable is named at once", () => {
  const parse = () => parseEnvironment({ ROLLCALL_MODE: "prod", APP_ORIGIN: "ftp://x" });
  expect(parse).toThrow(/ROLLCALL_MODE[\s\S]*DATABASE_URL[\s\S]*APP_ORIGIN/);
});

test("an empty value counts as not set", () => {
  expect(parseEnvironment({ DATABASE_URL, LOG_LEVEL: "" }).LOG_LEVEL).toBe("info");
});

test("without a mode it is production, the strictest", () => {
  expect(parseEnvironment({ DATABASE_URL }).ROLLCALL_MODE).toBe("production");
});

test("tenant hosts are a list", () => {
  const { TENANT_HOST_SUFFIXES } = parseEnvironment({
    DATABASE_URL,
    TENANT_HOST_SUFFIXES: "knowbe4.com, example.org,",
  });
  expect(TENANT_HOST_SUFFIXES).toEqual(["knowbe4.com", "example.org"]);
});
