import { afterEach, expect, test, vi } from "vitest";
import { childEnvironment } from "./child-environment";

afterEach(() => vi.unstubAllEnvs());

test("a child gets Rollcall's settings and its own variables, and no other secrets", () => {
  vi.stubEnv("DATABASE_URL", "postgresql://owner:secret@db/rollcall");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "secret");
  vi.stubEnv("LOG_LEVEL", "debug");
  expect(JSON.stringify(childEnvironment({}))).not.toContain("secret");
  expect(childEnvironment({ DATABASE_URL: "postgresql://web@db/rollcall" })).toMatchObject({
    DATABASE_URL: "postgresql://web@db/rollcall",
    LOG_LEVEL: "debug",
    PATH: process.env.PATH,
  });
});
