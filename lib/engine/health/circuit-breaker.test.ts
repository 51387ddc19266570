import { expect, test } from "vitest";
import {
  createCircuitBreaker,
  type CircuitBreaker,
  verdictOfTrouble,
} from "@/lib/engine/health/circuit-breaker";
import {
  NO_HEALTH_RECORD,
  type RestoredHealth,
  restoreHealth,
  type HealthRecord,
  TRIAL,
} from "@/lib/tenants/health";

const failing = { kind: "failing" } as const;
const none = { kind: "none" } as const;
const timedOut = { reason: "timeout", state: "unknown", exchanges: [{}] } as const;
const accepted = { reason: null, state: "accepted", exchanges: [{}] } as const;
const refused = { reason: "invalid-value", state: "failed", exchanges: [{}] } as const;

function watch(
  failures = 0,
  now: () => number = () => 0,
  record: RestoredHealth = NO_HEALTH_RECORD,
): CircuitBreaker {
  return createCircuitBreaker({ failures, record, now, random: () => 0.5 });
}

/** The next drive after the one that ended with this health record. */
function next(record: HealthRecord | null | undefined, isOnTrial = false): CircuitBreaker {
  return watch(0, () => 0, restoreHealth({ record: record ?? null, recordAgeMs: 0, isOnTrial }));
}

function answer(given: CircuitBreaker, answers: string): void {
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
  expect(given.verdict()).toMatchObject({ kind: "well" });
});

test("the next drive continues the count of failures, also when a drive has only one answer", () => {
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

test("a drive that ended well after a failure leaves no trouble, and an unsent operation is not an answer", () => {
  const given = watch(3);
  answer(given, "x");
  given.note(none, { ...accepted, state: "queued", exchanges: [] });
  expect(given.verdict()).toMatchObject({ kind: "cooldown", failures: 4 });
  answer(given, ".");
  expect(given.verdict()).toMatchObject({ kind: "well" });
});

test("a wait that a tenant asks for is used, and a quarantine overrides later results", () => {
  const given = watch();
  const slowed = { reason: "rate-limited", state: "queued", exchanges: [{}] } as const;
  given.note({ kind: "slow", retryAfterMs: 9_000 }, slowed);
  expect(given.verdict()).toMatchObject({
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
  expect(given.verdict()).toMatchObject({ kind: "quarantine", reason: "token-rejected" });
});

test("the rate that led to a 429 is given if there were enough requests to measure", () => {
  let now = 0;
  const given = watch(0, () => now);
  answer(given, ".".repeat(99));
  now = 2_000;
  given.note({ kind: "slow" }, { reason: "rate-limited", state: "queued", exchanges: [{}] });
  expect(given.verdict()).toMatchObject({ measured: 50 });
});

test("a run with more than four in ten of fifty refused for good is stopped, and not one refusal earlier", () => {
  const given = watch();
  for (let index = 0; index < 49; index += 1) given.note(none, index % 2 === 0 ? refused : accepted);
  expect(given.isStopped()).toBe(false);
  given.note(none, accepted);
  expect(given.verdict()).toMatchObject({ kind: "quarantine", reason: "failing-run" });

  const well = watch();
  for (let index = 0; index < 1_000; index += 1) well.note(none, index % 5 > 2 ? refused : accepted);
  expect(well.isStopped()).toBe(false);
});

test("any failed read puts its tenant on cooldown, longer each time", () => {
  const longest = () => 1;
  const before = (failures: number) => ({ failures, record: NO_HEALTH_RECORD });
  expect(verdictOfTrouble(none, "invalid-value", before(0), longest)).toMatchObject({
    delayMs: 2_000,
    failures: 1,
  });
  expect(verdictOfTrouble(failing, "timeout", before(5), longest)).toMatchObject({
    delayMs: 60_000,
    failures: 6,
  });
  const slow = { kind: "slow", retryAfterMs: 7_000 } as const;
  expect(verdictOfTrouble(slow, "rate-limited", before(5), longest)).toMatchObject({
    delayMs: 7_000,
    isSlowed: true,
  });
  expect(verdictOfTrouble({ kind: "stop" }, "tls", before(0), longest)).toEqual({
    kind: "quarantine",
    reason: "tls",
  });
});

test("five failures among the last ten answers open the breaker also over several drives", () => {
  let record: HealthRecord | null | undefined;
  for (const answers of ["x.", "x.", "x.", "x."]) {
    const drive = next(record);
    answer(drive, answers);
    expect(drive.isStopped()).toBe(false);
    record = drive.verdict().record;
  }
  const fifth = next(record);
  answer(fifth, "x");
  expect(fifth.verdict()).toMatchObject({ kind: "cooldown", failures: 5 });
  // A failed read counts as the fifth too.
  const before = {
    failures: 0,
    record: restoreHealth({ record: record ?? null, recordAgeMs: 0, isOnTrial: false }),
  };
  expect(verdictOfTrouble(failing, "timeout", before, () => 1)).toMatchObject({ failures: 5 });
});

test("refusals of several drives add up to fifty operations, and neither a day nor a long good time hides new ones", () => {
  let record: HealthRecord | null | undefined;
  for (let drive = 1; drive <= 5; drive += 1) {
    const given = next(record);
    for (let count = 1; count <= 10; count += 1) given.note(none, count % 2 === 0 ? refused : accepted);
    expect(given.verdict().kind).toBe(drive === 5 ? "quarantine" : "well");
    record = given.verdict().record;
  }
  expect(restoreHealth({ record: record ?? null, recordAgeMs: 86_400_001, isOnTrial: false })).toBe(
    NO_HEALTH_RECORD,
  );

  const well = watch();
  for (let count = 1; count <= 100_000; count += 1) well.note(none, accepted);
  let refusals = 0;
  for (; !well.isStopped(); refusals += 1) well.note(none, refused);
  expect(refusals).toBeLessThan(140);
});

test("a retried operation counts when it has ended", () => {
  const given = watch();
  const retried = { reason: "precondition-failed", state: "queued", exchanges: [{}] } as never;
  for (let count = 1; count <= 100; count += 1) given.note(none, retried);
  for (let count = 1; count <= 49; count += 1) given.note(none, refused);
  expect(given.isStopped()).toBe(false);
  given.note(none, refused);
  expect(given.verdict()).toMatchObject({ kind: "quarantine", reason: "failing-run" });
});

test("on trial one refusal is too many, and one accepted operation ends the trial, also after a day", () => {
  const trial = restoreHealth({ record: TRIAL, recordAgeMs: 10 * 86_400_000, isOnTrial: true });
  const refusing = watch(0, () => 0, trial);
  refusing.note(none, refused);
  expect(refusing.verdict()).toMatchObject({ kind: "quarantine", reason: "failing-run" });
  const accepting = watch(0, () => 0, trial);
  accepting.note(none, accepted);
  expect(accepting.verdict()).toMatchObject({ kind: "well", record: { answered: 51, refused: 20 } });
});

test("a drive without trouble writes nothing, and one that ends a tenant's trouble clears the record once", () => {
  const well = watch();
  answer(well, ".".repeat(500));
  expect(well.verdict().record).toBeUndefined();
  const troubled = watch();
  answer(troubled, "x");
  const healed = next(troubled.verdict().record);
  answer(healed, ".".repeat(10));
  expect(healed.verdict().record).toBeNull();
});
