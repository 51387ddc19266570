import { expect, test } from "vitest";
import { createTenantWatch } from "@/lib/provisioning/tenant-watch";

test("five failures in a row stop the drive, and one success before makes them forgotten", () => {
  const watch = createTenantWatch(0);
  for (let failures = 1; failures <= 4; failures += 1) watch.note({ kind: "failing" }, "timeout");
  watch.note({ kind: "none" }, null);
  for (let failures = 1; failures <= 4; failures += 1) watch.note({ kind: "failing" }, "timeout");
  expect(watch.isStopped()).toBe(false);
  watch.note({ kind: "failing" }, "timeout");
  expect(watch.isStopped()).toBe(true);
  expect(watch.verdict()).toMatchObject({ kind: "cooldown", reason: "timeout", failures: 5 });
});

test("failures of one drive are counted on by the next, also when a drive has only one answer", () => {
  let failures = 0;
  for (let drive = 1; drive <= 3; drive += 1) {
    const watch = createTenantWatch(failures);
    watch.note({ kind: "failing" }, "tenant-unreachable");
    const verdict = watch.verdict();
    expect(verdict).toMatchObject({ kind: "cooldown", reason: "tenant-unreachable", failures: drive });
    failures = verdict.kind === "cooldown" ? verdict.failures : 0;
  }
});

test("a drive that ended well after a failure leaves no trouble behind", () => {
  const watch = createTenantWatch(3);
  watch.note({ kind: "failing" }, "timeout");
  watch.note({ kind: "none" }, null);
  expect(watch.verdict()).toEqual({ kind: "well" });
});

test("a tenant that names a wait is given it, and quarantine outlasts whatever comes after", () => {
  const watch = createTenantWatch(0);
  watch.note({ kind: "slow", retryAfterMs: 9_000 }, "rate-limited");
  expect(watch.verdict()).toEqual({ kind: "cooldown", reason: "rate-limited", delayMs: 9_000, failures: 1 });
  watch.note({ kind: "stop" }, "token-rejected");
  watch.note({ kind: "slow", retryAfterMs: 1_000 }, "rate-limited");
  watch.note({ kind: "none" }, null);
  expect(watch.verdict()).toEqual({ kind: "quarantine", reason: "token-rejected" });
});
