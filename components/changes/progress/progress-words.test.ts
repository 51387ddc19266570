import { describe, expect, test } from "vitest";
import { toChange, toOperation, toRun } from "@/test/change";
import { toTenantRowWord, toLastWord } from "@/components/changes/progress/tenant-row-words";
import { toAnnouncement, toProgressSentence } from "@/components/changes/model/progress-words";
import { toStall } from "@/components/changes/model/tenant-note";
import type { OperationView } from "@/components/changes/model/wire";

const many = (counts: Partial<Record<OperationView["state"], number>>) =>
  Object.entries(counts).flatMap(([state, count]) =>
    Array.from({ length: count }, () => toOperation({ state: state as OperationView["state"] })),
  );
const sentence = (change: ReturnType<typeof toChange>) => Object.values(toProgressSentence(change)).join(" ");
const adventure = { tenantId: "t2", tenantName: "Adventure Works" };

describe("the progress of a change", () => {
  test("accepted is never called done", () => {
    const applying = toChange("applying", [toRun(many({ accepted: 3, queued: 1 }), { state: "running" })]);
    expect(sentence(applying)).toBe("3 of 4 operations accepted in Contoso Legal");
    const waiting = toChange("done", [toRun(many({ accepted: 4 }), { state: "done" })]);
    expect(sentence(waiting)).toBe("0 of 4 operations confirmed 4 awaiting confirmation in Contoso Legal");
  });

  test("refused operations are not counted, and failures come first", () => {
    const runs = [
      toRun(many({ confirmed: 2, skipped: 5 }), { state: "done" }),
      toRun(many({ failed: 1, accepted: 1 }), { ...adventure, state: "failed" }),
    ];
    expect(sentence(toChange("failed", runs))).toBe(
      "1 of 4 operations failed in Adventure Works; 2 confirmed, 1 awaiting confirmation",
    );
  });

  test("a screen reader hears of a paused change how much was accepted", () => {
    const runs = [toRun(many({ accepted: 6, queued: 24 }), { state: "paused" })];
    const paused = toChange("applying", runs, { standing: "paused" });
    expect(toAnnouncement(paused)).toBe("Paused: 6 of 30 operations accepted");
    expect(toAnnouncement({ ...paused, standing: "applying" })).toBe(
      "Applying: fewer than a quarter of 30 operations accepted",
    );
  });

  test("a screen reader hears quarters, not operations", () => {
    const heard = Array.from({ length: 101 }, (_, accepted) =>
      toAnnouncement(
        toChange("applying", [toRun(many({ accepted, queued: 100 - accepted }), { state: "running" })]),
      ),
    );
    expect(new Set(heard).size).toBe(6);
    const seen = Array.from({ length: 100 }, (_, confirmed) =>
      toAnnouncement(
        toChange("done", [toRun(many({ confirmed, accepted: 100 - confirmed }), { state: "done" })]),
      ),
    );
    expect(new Set(seen).size).toBe(5);
  });
});

describe("a tenant's row", () => {
  test("whose lines were all refused is not called planned", () => {
    const run = toRun(many({ skipped: 2 }));
    expect(toTenantRowWord(run, null).word).toBe("Nothing sent");
    expect(toLastWord(run, null).text).toBe("Every line was skipped");
  });

  test("of a paused tenant says so and announces no next attempt", () => {
    const run = toRun(many({ queued: 1 }), { state: "queued" });
    const stall = toStall(run, { state: "paused", testMode: false });
    expect(toTenantRowWord(run, stall).word).toBe("Paused");
    expect(toLastWord(run, stall)).toEqual({ text: "The tenant is paused" });
  });

  test("of a tenant that was stopped for its token leads to the form that replaces it", () => {
    const run = toRun(many({ queued: 1 }), { state: "queued", reason: "token-rejected" });
    expect(toStall(run, { state: "quarantined", testMode: false })?.fix).toEqual({
      label: "Replace token",
      href: "/tenants/t1?tab=connection#replace-token",
    });
  });

  test("of a tenant on cooldown says when sending resumes", () => {
    const run = toRun(many({ queued: 1 }), { state: "queued", reason: "rate-limited" });
    const stall = toStall(run, { state: "healthy", testMode: false });
    expect(toLastWord(run, stall)).toMatchObject({ due: "next attempt", at: run.nextAt });
  });

  test("with accepted operations names the earliest check", () => {
    const looks = ["2026-11-21T12:05:00.000Z", "2026-11-21T12:01:00.000Z"];
    const run = toRun(
      looks.map((confirmAt) => toOperation({ state: "accepted", confirmAt })),
      { state: "done" },
    );
    expect(toLastWord(run, null)).toMatchObject({ due: "next check", at: looks[1] });
  });

  test("with accepted operations says that Test Mode keeps them from being applied", () => {
    const accepted = toOperation({ state: "accepted", confirmAt: "2026-11-21T12:05:00.000Z" });
    expect(toLastWord(toRun([accepted], { state: "done", testMode: true }), null).text).toBe(
      "KnowBe4 changes nothing while Test Mode is on,",
    );
  });

  test("names the failure before anything else", () => {
    const failed = toOperation({ state: "failed", reason: "admin-cannot-archive" });
    expect(toLastWord(toRun([...many({ accepted: 1 }), failed], { state: "failed" }), null).text).toBe(
      "Ana Ruiz: A console admin cannot be archived",
    );
  });
});
