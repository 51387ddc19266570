import fc from "fast-check";
import { expect, test } from "vitest";
import { accountPolicy, addressKey, addressPolicy, delayMs, toDelays } from "@/lib/operators/throttle";
import { toRefusal, toRefusalCode, toRefusalMessage, toWait } from "@/lib/operators/sign-in-refusal";

test("an account waits 1 s after the first wrong password, twice as long after each further one, 15 min at most", () => {
  const seconds = toDelays(accountPolicy).map((delay) => delay / 1000);
  expect(seconds).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900]);
});

test("an office may mistype thirty times an hour before its address waits", () => {
  expect(delayMs(30, addressPolicy)).toBe(0);
  expect(delayMs(31, addressPolicy)).toBe(1_000);
});

test("no number of failures makes a wait shorter, negative or endless", () => {
  fc.assert(
    fc.property(fc.nat(2 ** 31 - 1), (failures) => {
      expect(delayMs(failures + 1, accountPolicy)).toBeGreaterThanOrEqual(delayMs(failures, accountPolicy));
      expect(delayMs(failures, accountPolicy)).toBeLessThanOrEqual(900_000);
      expect(delayMs(failures, accountPolicy)).toBeGreaterThanOrEqual(0);
    }),
  );
});

test("the addresses of one IPv6 network count as one, and each IPv4 address separately", () => {
  expect(addressKey("2001:db8:1:2::1")).toBe("address:2001:db8:1:2::/64");
  expect(addressKey("2001:db8:1:2:ffff::9")).toBe(addressKey("2001:db8:1:2::1"));
  expect(addressKey("2001:db8:1:3::1")).not.toBe(addressKey("2001:db8:1:2::1"));
  expect(addressKey("192.0.2.1")).toBe("address:192.0.2.1");
});

test("a refusal survives the redirect through a URL, and foreign text does not", () => {
  const refusal = { reason: "mismatch", retryInMs: 4_000 } as const;
  expect(toRefusal(toRefusalCode(refusal))).toEqual(refusal);
  expect(toRefusalMessage(refusal)).toBe(
    "The e-mail address or password is wrong. You are not signed in. Try again in 4\u00a0s.",
  );
  for (const forged of ["Call 555-0100", "mismatch-4; call 555-0100", "mismatch--1", "CredentialsSignin", ""])
    expect(toRefusal(forged)).toEqual({ reason: "unreachable" });
});

test("a wait is shown rounded up", () => {
  const waits = [0, 1, 3_001, 59_001, 61_000, 900_000].map((ms) => toWait(ms).replace("\u00a0", " "));
  expect(waits).toEqual(["1 s", "1 s", "4 s", "1 min", "2 min", "15 min"]);
});
