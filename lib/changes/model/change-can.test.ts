import { describe, expect, test } from "vitest";
import { type Authorship, authorParts, noAuthorship } from "@/lib/changes/model/authorship";
import { changeCan } from "@/lib/changes/model/change-can";
import {
  type ChangeFacts,
  changeStages,
  type FactsInput,
  stageOf,
  toChangeFacts,
} from "@/lib/changes/model/change-facts";
import { countStates, type OperationState } from "@/lib/changes/model/states";

type Verb = keyof typeof changeCan;

const verbs = Object.keys(changeCan) as Verb[];

/** A change with something left to do for each verb. */
const facts: ChangeFacts & { authorship: Authorship } = {
  state: "ready",
  isLate: false,
  counts: counts("planned", "held", "failed", "confirmed"),
  unrepaired: 1,
  changesRoster: false,
  isRefused: false,
  open: { retry: null, undo: null, plan: null },
  authorship: noAuthorship,
};

function counts(...states: OperationState[]) {
  return countStates(states.map((state) => ({ state, count: 1 })));
}

/** Per verb, for each stage in the order of `changeStages`: y allowed, d already done, n refused. */
const expected: Record<Verb, string> = {
  //        planning unplanned ready submitted scheduled applying paused done failed cancelled discarded expired
  apply: "nnydyddddnnn",
  discard: "yyynynnnnndn",
  replan: "nyynynnnnnny",
  withdraw: "nnnynnnnnnnn",
  schedule: "nnynynnnnnnn",
  unschedule: "nndnynnnnnnn",
  approve: "nnynnyyyynnn",
  approveAlone: "nnnnnnnnnnnn",
  reject: "nnynnyyyynnn",
  pause: "nnnnnydnnnnn",
  resume: "nnnnndynnnnn",
  cancel: "nnnnnyynnnnn",
  undo: "nnnnnnnyyynn",
  retry: "nnnnnnnyyynn",
};

describe.each(verbs)("%s", (verb) => {
  test("has one answer in every stage of a change", () => {
    const answers = changeStages.map((state) => {
      const at = { ...facts, state };
      if (changeCan[verb](at)) return "y";
      return changeCan[verb].isDone(at) ? "d" : "n";
    });
    expect(answers.join("")).toBe(expected[verb]);
  });

  test("gives cause, effect and next step of every refusal, and none when it is allowed", () => {
    for (const state of changeStages) {
      const at = { ...facts, state };
      const refusal = changeCan[verb].whyNot(at);
      expect(refusal === null).toBe(changeCan[verb](at) || changeCan[verb].isDone(at));
      for (const sentence of refusal ? [refusal.cause, refusal.effect, refusal.next] : [])
        expect(sentence).toMatch(/^[A-Z].*\.$/);
    }
  });
});

const late = { isLate: true };
const as = (given: Partial<Authorship>) => ({ authorship: { ...noAuthorship, ...given } });
const withOpen = (open: Partial<ChangeFacts["open"]>) => ({ open: { ...facts.open, ...open } });

test.each<[string, Verb, Partial<typeof facts>, RegExp]>([
  ["a plan that is too old is not applied", "apply", late, /older than a day/],
  ["nor scheduled", "schedule", late, /older than a day/],
  ["nor is what is held of it approved", "approve", late, /older than a day/],
  [
    "a plan of held lines alone is not applied",
    "apply",
    { counts: counts("held") },
    /held for another operator/,
  ],
  ["nor one of refused lines", "apply", { counts: counts("skipped") }, /is refused/],
  ["nor one of refused tenants", "apply", { counts: counts(), isRefused: true }, /is refused/],
  ["nor one that is true already", "apply", { counts: counts() }, /already hold/],
  ["what can not be applied is not scheduled", "schedule", { counts: counts("held") }, /held for another/],
  ["who asked does not approve", "approve", as({ part: "requested" }), /You requested this change/],
  ["an author alone waits", "approve", as({ part: "entry", hasOther: false, alone: "waiting" }), /roster/],
  ["who is no author approves with others", "approveAlone", as({}), /no author/],
  ["an author does not approve alone beside others", "approveAlone", as({ part: "sync" }), /may act in one/],
  [
    "an author asks once",
    "approveAlone",
    as({ part: "sync", hasOther: false, alone: "waiting" }),
    /asked for/,
  ],
  ["what is not held is not approved", "approve", { counts: counts("planned") }, /no held lines/],
  ["a plan with a newer one is not made again", "replan", withOpen({ plan: "CHG-7" }), /CHG-7/],
  ["a second undo is not planned", "undo", { state: "done", ...withOpen({ undo: "CHG-7" }) }, /CHG-7/],
  ["a second retry is not planned", "retry", { state: "done", ...withOpen({ retry: "CHG-7" }) }, /CHG-7/],
  ["what was not seen is not undone", "undo", { state: "done", counts: counts("accepted") }, /is confirmed/],
  ["what was not done is not undone", "undo", { state: "failed", counts: counts("failed") }, /was done/],
  [
    "what did not fail is not repeated",
    "retry",
    { state: "done", counts: counts("confirmed"), unrepaired: 0 },
    /failed/,
  ],
  ["what was repaired is not repeated", "retry", { state: "failed", unrepaired: 0 }, /done since/],
])("%s", (_name, verb, given, cause) => {
  expect(changeCan[verb].whyNot({ ...facts, ...given })?.cause).toMatch(cause);
});

test("only the refusal of an author depends on who acts", () => {
  expect(changeCan.approve.whyNot({ ...facts, ...late })?.code).toBeUndefined();
});

test.each(authorParts)(
  "an author by %s approves only alone, after an hour, and where nobody else may",
  (part) => {
    const may = (verb: "approve" | "approveAlone", given: Partial<Authorship>) =>
      changeCan[verb]({ ...facts, ...as({ part, ...given }) });
    expect(changeCan.approve.whyNot({ ...facts, ...as({ part }) })?.code).toBe("forbidden");
    expect(may("approveAlone", {})).toBe(false);
    expect(may("approveAlone", { hasOther: false })).toBe(true);
    expect(may("approve", { hasOther: false })).toBe(false);
    expect(may("approve", { hasOther: false, alone: "waiting" })).toBe(false);
    expect(may("approve", { hasOther: false, alone: "due" })).toBe(true);
  },
);

const change: FactsInput = {
  kind: "import",
  state: "ready",
  pausedAt: null,
  appliedAt: null,
  expiresAt: "2026-11-22T10:42:00.000Z",
  unrepaired: 0,
  runs: [{ reason: null, counts: counts("skipped") }],
  children: [],
};

test("a file that matches the directory is still applied, because it becomes the roster", () => {
  const now = new Date("2026-11-22T10:41:59Z");
  expect(changeCan.apply(toChangeFacts(change, now))).toBe(true);
  expect(changeCan.apply(toChangeFacts({ ...change, kind: "reconcile" }, now))).toBe(false);
  const refused = [{ reason: "tenant-observed", counts: counts() }];
  expect(changeCan.apply(toChangeFacts({ ...change, runs: refused }, now))).toBe(false);
});

test("a plan is late from its expiry on, and never while the time is unknown", () => {
  expect(toChangeFacts(change, new Date("2026-11-22T10:42:00Z")).isLate).toBe(true);
  expect(toChangeFacts(change, new Date("2026-11-22T10:41:59Z")).isLate).toBe(false);
  expect(toChangeFacts(change, null).isLate).toBe(false);
});

test("an open retry, undo and newer plan are distinguished", () => {
  const children = [
    { kind: "retry", number: 4, state: "done" },
    { kind: "retry", number: 5, state: "scheduled" },
    { kind: "undo", number: 6, state: "applying" },
    { kind: "import", number: 7, state: "ready" },
    { kind: "import", number: 8, state: "expired" },
  ] as const;
  expect(toChangeFacts({ ...change, children }, null).open).toEqual({
    retry: "CHG-5",
    undo: "CHG-6",
    plan: "CHG-7",
  });
});

test("a change paused half-way is paused, and a discarded plan is not a cancelled change", () => {
  const at = new Date();
  expect(stageOf({ state: "applying", pausedAt: at, appliedAt: at })).toBe("paused");
  expect(stageOf({ state: "done", pausedAt: at, appliedAt: at })).toBe("done");
  expect(stageOf({ state: "cancelled", pausedAt: null, appliedAt: null })).toBe("discarded");
  expect(stageOf({ state: "cancelled", pausedAt: null, appliedAt: at })).toBe("cancelled");
  const task = { kind: "apply", refusal: null } as const;
  const unapplied = { pausedAt: null, appliedAt: null };
  expect(stageOf({ ...unapplied, state: "planning" })).toBe("planning");
  expect(stageOf({ ...unapplied, state: "planning", task: { kind: "plan", refusal: "Why" } })).toBe(
    "unplanned",
  );
  expect(stageOf({ ...unapplied, state: "ready", task })).toBe("submitted");
  expect(stageOf({ ...unapplied, state: "ready", task: { ...task, refusal: "Why" } })).toBe("ready");
});
