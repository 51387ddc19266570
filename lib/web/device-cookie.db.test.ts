import { encode } from "next-auth/jwt";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { webKeys } from "@/lib/auth/web-keys";
import { readDevice, toDeviceCookie } from "@/lib/web/device-cookie";
import { readSessionId } from "@/lib/web/session-cookie";
import { createTestDatabase, type TestDatabase } from "@/test/database";

let database: TestDatabase;
const device = { id: "5f1c", email: "dana@rollcall.test" };

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

test("a device's cookie is bound to our host over TLS, hidden from scripts, and tells its account to nobody", async () => {
  const cookie = await toDeviceCookie(device);
  expect(cookie).toMatchObject({ name: "__Host-rollcall.device", httpOnly: true, secure: true, path: "/" });
  const parts = cookie.value.split(".").map((part) => Buffer.from(part, "base64url").toString("latin1"));
  expect(parts.join()).not.toContain("dana");
});

test("a device is read from our own cookie alone, and it opens no session", async () => {
  const { value } = await toDeviceCookie(device);
  expect(await readDevice(value)).toEqual(device);
  expect(await readSessionId(value)).toBeNull();
  const secret = webKeys().sessionSecret.reveal();
  const token = { device: device.id, email: device.email, sid: "abc" };
  const bad = [
    undefined,
    "",
    value.slice(0, -2),
    await encode({ token, secret, maxAge: 60 }),
    await encode({ token, secret: "another secret", salt: "rollcall known device", maxAge: 60 }),
    await encode({ token, secret, salt: "rollcall known device", maxAge: -60 }),
    await encode({ token: { sid: "abc" }, secret, salt: "rollcall known device", maxAge: 60 }),
  ];
  for (const cookie of bad) expect(await readDevice(cookie)).toBeNull();
});
