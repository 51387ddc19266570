import { describe, expect, test } from "vitest";
import {
  isCoolingDown,
  type TenantStanding,
  toTenantWhy,
  toTenantWord,
  toAbsenceWords,
} from "@/components/words/tenant-words";

const now = new Date("2026-11-21T10:00:00Z");
const later = new Date("2026-11-21T10:05:00Z");
const healthy: TenantStanding = {
  state: "healthy",
  reason: null,
  cooldownTo: null,
  testMode: false,
  mode: "source",
  readAt: new Date("2026-11-21T09:00:00Z"),
  lastReadState: "complete",
  lastReadReason: null,
};

describe("a tenant has one word", () => {
  test.each<[string, Partial<TenantStanding>, string | null]>([
    ["Healthy", {}, null],
    ["Healthy", { testMode: true, mode: "observe" }, null],
    ["Test Mode", { testMode: true }, "KnowBe4 accepts everything, applies nothing"],
    ["Reading", { lastReadState: "running" }, null],
    ["Reading", { lastReadState: "queued", readAt: null }, "First read"],
    [
      "Read failed",
      { lastReadState: "failed", lastReadReason: "timeout" },
      "The tenant did not answer in time",
    ],
    ["Cooling down", { cooldownTo: later, reason: "tenant-unreachable" }, "The tenant cannot be reached"],
    ["Rate limited", { cooldownTo: later, reason: "rate-limited" }, "The tenant asks for fewer requests"],
    ["Connecting", { state: "connecting" }, "A worker is testing the token"],
    ["Quarantined", { state: "quarantined", reason: "token-rejected" }, "The token is rejected"],
    ["Paused", { state: "paused" }, "Nothing is sent to it"],
    ["Disconnected", { state: "disconnected" }, "Its token was destroyed; its history is kept"],
  ])("%s %o", (word, standing, why) => {
    const tenant = { ...healthy, ...standing };
    expect(toTenantWord(tenant, now).word).toBe(word);
    expect(toTenantWhy(tenant, now)).toBe(why);
  });

  test("a state that stops everything hides one that stops a part", () => {
    const worst = { cooldownTo: later, lastReadState: "failed", testMode: true, reason: "tls" } as const;
    expect(toTenantWord({ ...healthy, ...worst, state: "quarantined" }, now).word).toBe("Quarantined");
    expect(toTenantWord({ ...healthy, ...worst, state: "paused" }, now).word).toBe("Paused");
    expect(toTenantWord({ ...healthy, ...worst }, now).word).toBe("Cooling down");
  });

  test("only a state that needs a person is shown as held or failed", () => {
    expect(toTenantWord({ ...healthy, cooldownTo: later }, now).kind).toBe("queued");
    expect(toTenantWord({ ...healthy, lastReadState: "failed" }, now).kind).toBe("held");
    expect(toTenantWord({ ...healthy, state: "quarantined" }, now).kind).toBe("failed");
  });
});

test("a cooldown is over at its end, though it stays stored", () => {
  expect(isCoolingDown({ state: "healthy", cooldownTo: later }, now)).toBe(true);
  expect(isCoolingDown({ state: "healthy", cooldownTo: later }, later)).toBe(false);
  expect(isCoolingDown({ state: "paused", cooldownTo: later }, now)).toBe(false);
});

test("absences are given as a part of the whole", () => {
  expect(toAbsenceWords({ active: 1_212, absent: 14 })).toBe(
    "14 of 1,212 active people would be archived by absence",
  );
});
