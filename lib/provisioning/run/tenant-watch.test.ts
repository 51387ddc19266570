import { expect, test } from "vitest";
import { createTenantWatch, type TenantWatch, verdictOfTrouble } from "@/lib/provisioning/run/tenant-watch";

const failing = { kind: "failing" } as const;
const none = { kind: "none" } as const;
const timedOut = { reason: "timeout", state: "unknown", exchanges: [{}] } as const;
const accepted = { reason: null, state: "accepted", exchanges: [{}] } as const;
const refused = { reason: "invalid-value", state: "failed", exchanges: [{}] } as const;

function watch(failures = 0, now: () => number = () => 0): TenantWatch {
  return createTenantWatch({ failures, now, random: () => 0.5 });
}

function answer(given: TenantWatch, answers: string): void {
  for (const sign of answers) given.note(sign === "x" ? failing : none, sign === "x" ? timedOut : accepted);
}

test.each(["xxxxx", "xxxx.....x", ".x.x.x.x.x", "..........xx.xx.x"])(
  "five failures among the last ten answers open the breaker: %s",
  (answers) => {
    const given = watch();
    answer(given, answers.slice(0, -1));
    expect(given.isStopped()).toBe(false);
    answer(given, answers.slice(-1));
    expect(given.isStopped()).toBe(true);
    expect(given.verdict()).toMatchObject({
      kind: "cooldown",
      reason: "timeout",
      failures: 5,
      delayMs: 15_000,
    });
  },
);

test("four failures of ten do not, however long it goes on", () => {
  const given = watch();
  answer(given, "xxxx......".repeat(50));
  expect(given.isStopped()).toBe(false);
  expect(given.verdict()).toEqual({ kind: "well" });
});

test("failures of one drive are counted on by the next, also when a drive has only one answer", () => {
  let failures = 0;
  for (let drive = 1; drive <= 6; drive += 1) {
    const given = watch(failures);
    answer(given, "x");
    const verdict = given.verdict();
    expect(verdict).toMatchObject({ kind: "cooldown", reason: "timeout", failures: drive });
    expect(given.isStopped()).toBe(drive >= 5);
    failures = verdict.kind === "cooldown" ? verdict.failures : 0;
  }
});

test("a drive that ended well after a failure leaves no trouble behind, and what was not sent is no answer", () => {
  const given = watch(3);
  answer(given, "x");
  given.note(none, { ...accepted, state: "queued", exchanges: [] });
  expect(given.verdict()).toMatchObject({ kind: "cooldown", failures: 4 });
  answer(given, ".");
  expect(given.verdict()).toEqual({ kind: "well" });
});

test("a tenant that names a wait is given it, and quarantine outlasts whatever comes after", () => {
  const given = watch();
  const slowed = { reason: "rate-limited", state: "queued", exchanges: [{}] } as const;
  given.note({ kind: "slow", retryAfterMs: 9_000 }, slowed);
  expect(given.verdict()).toEqual({
    kind: "cooldown",
    reason: "rate-limited",
    delayMs: 9_000,
    failures: 1,
    isSlowed: true,
    measured: null,
  });
  given.note({ kind: "stop" }, { ...slowed, reason: "token-rejected" });
  given.note({ kind: "slow", retryAfterMs: 1_000 }, slowed);
  answer(given, ".");
  expect(given.verdict()).toEqual({ kind: "quarantine", reason: "token-rejected" });
});

test("how many requests led to a 429 is told where there were enough to tell", () => {
  let now = 0;
  const given = watch(0, () => now);
  answer(given, ".".repeat(99));
  now = 2_000;
  given.note({ kind: "slow" }, { reason: "rate-limited", state: "queued", exchanges: [{}] });
  expect(given.verdict()).toMatchObject({ measured: 50 });
});

test("a run of which more than four in ten of fifty are refused for good is stopped, and not one earlier", () => {
  const given = watch();
  for (let index = 0; index < 49; index += 1) given.note(none, index % 2 === 0 ? refused : accepted);
  expect(given.isStopped()).toBe(false);
  given.note(none, accepted);
  expect(given.verdict()).toEqual({ kind: "quarantine", reason: "failing-run" });

  const well = watch();
  for (let index = 0; index < 1_000; index += 1) well.note(none, index % 5 > 2 ? refused : accepted);
  expect(well.isStopped()).toBe(false);
});

test("a reading that fails leaves its tenant alone for a moment whatever it was, and longer each time", () => {
  const longest = () => 1;
  expect(verdictOfTrouble(none, "invalid-value", 0, longest)).toMatchObject({ delayMs: 2_000, failures: 1 });
  expect(verdictOfTrouble(failing, "timeout", 5, longest)).toMatchObject({ delayMs: 60_000, failures: 6 });
  const slow = { kind: "slow", retryAfterMs: 7_000 } as const;
  expect(verdictOfTrouble(slow, "rate-limited", 5, longest)).toMatchObject({
    delayMs: 7_000,
    isSlowed: true,
  });
  expect(verdictOfTrouble({ kind: "stop" }, "tls", 0, longest)).toEqual({
    kind: "quarantine",
    reason: "tls",
  });
});
