import { describe, expect, test } from "vitest";
import { toChange, toOperation, toRun } from "@/test/change";
import { toApplyLabel } from "@/components/changes/plan/apply-words";
import { listRisks, toRisksTitle } from "@/components/changes/plan/plan-risks";
import { countVerbs } from "@/components/changes/plan/plan-summary";

const adventure = { tenantId: "t2", tenantName: "Adventure Works" };
const texts = (...runs: Parameters<typeof toChange>[1]) =>
  listRisks(toChange("ready", runs)).map(({ text }) => text);

describe("what to know before a plan is applied", () => {
  test("an archive is described with what it ends and what it keeps", () => {
    const archive = toOperation({ kind: "archive", risks: ["archives"] });
    expect(texts(toRun([archive]), toRun([archive], adventure))).toEqual([
      expect.stringMatching(
        /^2 accounts in Contoso Legal and Adventure Works are archived\. Access .* history is kept/,
      ),
    ]);
  });

  test("held archives are not listed as done: they have a notice of their own", () => {
    expect(texts(toRun([toOperation({ kind: "archive", state: "held", risks: ["archives"] })]))).toEqual([]);
  });

  test("a refused line names the owner of its domain, and lines that depend on it are only counted", () => {
    const refused = toOperation({
      state: "skipped",
      reason: "domain-not-allowed",
      why: "contoso.example belongs to Contoso Legal",
    });
    const dependent = toOperation({ kind: "members_add", state: "skipped", reason: "dependency-failed" });
    const [first, second, ...rest] = texts(toRun([refused, dependent, dependent], adventure));
    expect(first).toMatch(
      /^Not sent: ana\.ruiz@contoso\.example in Adventure Works\. .*: contoso\.example belongs to Contoso Legal\. /,
    );
    expect(second).toBe("2 lines depend on one that is refused and will not be sent.");
    expect(rest).toEqual([]);
  });

  test("a tenant that is left out is listed once, and its lines are not listed again", () => {
    const line = toOperation({ state: "skipped", reason: "tenant-observed", risks: ["may-enrol"] });
    expect(texts(toRun([line, line], { ...adventure, reason: "tenant-observed" }))).toEqual([
      expect.stringMatching(/^Adventure Works is left out\. Another system is its SCIM source/),
    ]);
  });

  test("an archive ends access when the plan is applied, and at its time where it is scheduled", () => {
    const runs = [toRun([toOperation({ kind: "archive" })])];
    const textOf = (scheduledAt: string | null) =>
      listRisks(toChange("ready", runs, { scheduledAt })).map(({ text }) => text)[0];
    expect(textOf(null)).toContain("Access to training ends when this is applied");
    expect(textOf("2026-12-24T08:00:00.000Z")).toContain("ends on 24 Dec 2026, 08:00 UTC");
  });

  test("Test Mode is said where something would be sent, and not of a tenant without lines", () => {
    expect(texts(toRun([toOperation()], { testMode: true }))[0]).toMatch(
      /^Test Mode is recorded as on in Contoso Legal\. KnowBe4 will accept everything and change nothing/,
    );
    expect(texts(toRun([], { testMode: true }))).toEqual([]);
  });

  test("another open change of the same people comes first, by its name", () => {
    const rival = {
      id: "r",
      number: 1001,
      kind: "offboard",
      title: "Offboard Ana Ruiz",
      state: "scheduled",
    } as const;
    const [first] = listRisks(toChange("ready", [toRun([toOperation()])], { rivals: [rival] }));
    expect(first?.text).toMatch(/^CHG-1001 \(Offboard Ana Ruiz\) is open for people of this plan too\./);
  });

  test("campaigns, new groups and restores count only planned lines", () => {
    const create = toOperation({ risks: ["may-enrol"] });
    const restore = toOperation({ kind: "restore", risks: ["restores", "may-enrol"] });
    const group = toOperation({ kind: "group_create", target: "New Hires", risks: ["new-group"] });
    expect(
      texts(
        toRun([
          create,
          restore,
          group,
          toOperation({ state: "skipped", reason: "conflict", risks: ["may-enrol"] }),
        ]),
      ),
    ).toEqual([
      expect.stringContaining("Not sent"),
      "KnowBe4 may enrol 2 new or restored accounts in running campaigns and send mail at once.",
      "The group New Hires is new in Contoso Legal and will be created.",
      "1 archived account is restored in Contoso Legal, with history. Each takes a seat.",
    ]);
  });

  test("risks and warnings count all lines, including those that are not shown", () => {
    const run = toRun([], {
      lines: [{ kind: "create", state: "planned", reason: null, count: 4_000 }],
      risks: [{ risk: "other-tenant-address", count: 12 }],
      warnings: [
        { tenantId: "t1", code: "orphans", count: 1 },
        { tenantId: "t1", code: "seats", count: 4_100, of: 4_000 },
      ],
    });
    expect(texts(run)).toEqual([
      "1 account in Contoso Legal is not on the roster. Nothing is done to it.",
      "Contoso Legal would have 4,100 active people with 4,000 seats. Those above the limit are held.",
      expect.stringMatching(/^12 addresses are in use in another tenant\./),
    ]);
  });

  test("the title counts in words", () => {
    expect(toRisksTitle(1)).toBe("One thing to know before you apply");
    expect(toRisksTitle(3)).toBe("Three things to know before you apply");
    expect(toRisksTitle(11)).toBe("11 things to know before you apply");
  });
});

describe("the title of the apply action", () => {
  const planned = toOperation();
  const held = toOperation({ kind: "archive", state: "held" });
  const refused = toOperation({ state: "skipped", reason: "conflict" });

  test("says how many operations in which tenants, without held and refused ones", () => {
    expect(toApplyLabel(toChange("ready", [toRun([planned, refused]), toRun([held], adventure)]))).toBe(
      "Apply 1 operation in Contoso Legal",
    );
    expect(toApplyLabel(toChange("ready", [toRun([planned, planned]), toRun([planned], adventure)]))).toBe(
      "Apply 3 operations in 2 tenants",
    );
  });

  test("is counted by verb, everything about groups together and refused lines not at all", () => {
    const add = toOperation({ kind: "members_add" });
    const group = toOperation({ kind: "group_create" });
    const counts = countVerbs(toRun([planned, add, group, held, refused]).lines).map(({ verb, count }) => [
      verb,
      count,
    ]);
    expect(Object.fromEntries(counts)).toEqual({
      create: 1,
      link: 0,
      update: 0,
      restore: 0,
      archive: 1,
      groups: 2,
    });
  });
});
