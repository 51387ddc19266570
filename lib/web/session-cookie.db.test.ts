import { encode } from "next-auth/jwt";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { webKeys } from "@/lib/auth/web-keys";
import { readSessionId, sessionCookieName, sessionCookieOptions } from "@/lib/web/session-cookie";
import { createTestDatabase, type TestDatabase } from "@/test/database";

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  vi.stubEnv("DATABASE_URL", database.webUrl);
  vi.stubEnv("KEYS_DIR", database.keysDir);
  vi.stubEnv("APP_ORIGIN", "https://rollcall.example");
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await database.drop();
});

test("the cookie is bound to our host over TLS and hidden from scripts", () => {
  expect(sessionCookieName()).toBe("__Host-rollcall.session");
  expect(sessionCookieOptions()).toEqual({ httpOnly: true, sameSite: "lax", path: "/", secure: true });
});

test("a session id is read from our own cookie alone", async () => {
  const secret = webKeys().sessionSecret.reveal();
  const good = await encode({ token: { sid: "abc" }, secret, maxAge: 60 });
  expect(await readSessionId(good)).toBe("abc");
  const unsigned = `${Buffer.from('{"alg":"none"}').toString("base64url")}.${Buffer.from('{"sid":"abc"}').toString("base64url")}.`;
  const bad = [
    undefined,
    "",
    "abc",
    unsigned,
    good.slice(0, -2),
    await encode({ token: { sid: "abc" }, secret: "another secret", maxAge: 60 }),
    await encode({ token: { sid: "abc" }, secret, maxAge: -60 }),
    await encode({ token: { sub: "abc" }, secret, maxAge: 60 }),
  ];
  for (const cookie of bad) expect(await readSessionId(cookie)).toBeNull();
});
