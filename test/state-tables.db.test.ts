import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Scope } from "@/lib/auth/scope";
import { getChange } from "@/lib/changes/data";
import { changeCan } from "@/lib/changes/model/change-can";
import { type ChangeStage, changeStages, toChangeFacts } from "@/lib/changes/model/change-facts";
import type { Intent } from "@/lib/changes/model/intent";
import { operationCan } from "@/lib/changes/model/operation-can";
import { operationStates } from "@/lib/changes/model/states";
import { applyChange, discardPlan, planChange, replanChange, withdrawApply } from "@/lib/changes/mutations";
import { approveAlone } from "@/lib/changes/approval/approve-alone";
import { approveHeld } from "@/lib/changes/steering/approve-held";
import { cancelChange } from "@/lib/changes/steering/cancel-change";
import { pauseChange, resumeChange } from "@/lib/changes/steering/pause-change";
import { rejectHeld } from "@/lib/changes/steering/reject-held";
import { scheduleChange, unscheduleChange } from "@/lib/changes/steering/schedule-change";
import { toSentences } from "@/lib/errors";
import { adoptInventory } from "@/lib/roster/mutations";
import { requestRead } from "@/lib/directory/mutations";
import { pauseTenant, resumeTenant, setMode } from "@/lib/tenants/mutations";
import { requestSync } from "@/lib/tenants/request-sync";
import { tenantCan, tenantStates } from "@/lib/tenants/tenant-can";
import { addTenant, openPlanning, type Planning } from "@/test/planning";
import { makeOperator } from "@/test/scope";

/**
 * Buttons follow the tables of what may be done in which state. So the server must refuse exactly what the tables
 * refuse, in the tables' words, and do everything else.
 */
let planning: Planning;
let asker: Scope;
let colleague: Scope;
let tenantId: string;
const reason = "A test asks for it";

beforeAll(async () => {
  planning = await openPlanning();
  ({ scope: asker } = await makeOperator(planning.database, "owner"));
  ({ scope: colleague } = await makeOperator(planning.database, "owner"));
  tenantId = await addTenant(planning, { people: 5 });
});
afterAll(() => planning?.close());

type Planned = { changeId: string; planHash: string };
type Verb = keyof typeof changeCan;

function follow(kind: "undo" | "retry", { changeId }: Planned) {
  return planChange(colleague, {
    intent: { kind, changeId, tenantIds: [tenantId] },
    reason,
    ticket: null,
  });
}

const ask: Record<Verb, (change: Planned) => Promise<unknown>> = {
  apply: (change) => applyChange(colleague, change),
  discard: (change) => discardPlan(colleague, change),
  replan: (change) => replanChange(colleague, change),
  withdraw: (change) => withdrawApply(colleague, change),
  schedule: (change) =>
    scheduleChange(colleague, {
      ...change,
      zone: "UTC",
      when: { localDateTime: new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 16) },
    }),
  unschedule: (change) => unscheduleChange(colleague, change),
  approve: (change) => approveHeld(colleague, { ...change, reason }),
  approveAlone: (change) => approveAlone(colleague, { ...change, reason, count: 1, password: "unused" }),
  reject: (change) => rejectHeld(colleague, { ...change, reason }),
  pause: (change) => pauseChange(colleague, { ...change, reason }),
  resume: (change) => resumeChange(colleague, change),
  cancel: (change) => cancelChange(colleague, { ...change, reason }),
  undo: (change) => follow("undo", change),
  retry: (change) => follow("retry", change),
};

const verbs = Object.keys(ask) as Verb[];

/** Plans an update of five people, as five lines. */
function plan(): Promise<Planned> {
  const accounts = [1, 2, 3, 4, 5].map((n) => ({
    tenantId,
    resourceId: `u${n}`,
    userName: `p${n}@acme.example`,
  }));
  const attributes = { title: "Clerk" };
  const intent: Intent = { kind: "update", attributes, addGroups: [], removeGroups: [], accounts };
  return planChange(asker, { intent, reason, ticket: null });
}

type Stage = {
  change: string;
  run: string;
  lines: string[];
  task?: { kind: string; refusal: string | null };
};

/** Columns of the change, of its run, the states of its five lines, and its task, as each stage leaves them. */
const stages: Record<ChangeStage, Stage> = {
  planning: {
    change: "state = 'planning', plan_hash = ''",
    run: "planned",
    // Lines are append-only, so these stay; a change in planning has none.
    lines: ["planned"],
    task: { kind: "plan", refusal: null },
  },
  unplanned: {
    change: "state = 'planning', plan_hash = ''",
    run: "planned",
    lines: ["planned"],
    task: { kind: "plan", refusal: "The file was discarded." },
  },
  submitted: {
    change: "state = 'ready'",
    run: "planned",
    lines: ["planned", "held"],
    task: { kind: "apply", refusal: null },
  },
  ready: { change: "state = 'ready'", run: "planned", lines: ["planned", "held"] },
  scheduled: {
    change:
      "state = 'scheduled', scheduled_at = now() + interval '1 day', zone = 'UTC', expires_at = now() + interval '2 days'",
    run: "planned",
    lines: ["planned", "held"],
  },
  applying: {
    change: "state = 'applying', applied_at = now()",
    run: "queued",
    lines: ["queued", "held", "failed", "confirmed"],
  },
  paused: {
    change: "state = 'applying', applied_at = now(), paused_at = now()",
    run: "paused",
    lines: ["queued", "held", "failed", "confirmed"],
  },
  done: {
    change: "state = 'done', applied_at = now(), finished_at = now()",
    run: "done",
    lines: ["confirmed", "held", "failed"],
  },
  failed: {
    change: "state = 'failed', applied_at = now(), finished_at = now()",
    run: "failed",
    lines: ["failed", "held", "confirmed"],
  },
  cancelled: {
    change: "state = 'cancelled', applied_at = now(), finished_at = now()",
    run: "cancelled",
    lines: ["cancelled", "confirmed", "failed"],
  },
  discarded: { change: "state = 'cancelled', finished_at = now()", run: "cancelled", lines: ["cancelled"] },
  expired: { change: "state = 'expired', finished_at = now()", run: "cancelled", lines: ["cancelled"] },
};

/** Sets the lines to these states in turn, and the remaining ones to the last state. */
async function setLines({ changeId }: Planned, states: readonly string[]): Promise<void> {
  await planning.rows(
    `UPDATE operation o SET state = ($2::text[])[least(n.line, cardinality($2::text[]))],
            reason = CASE WHEN ($2::text[])[least(n.line, cardinality($2::text[]))] = 'held' THEN 'protected-person' END
       FROM (SELECT id, row_number() OVER (ORDER BY seq)::int AS line FROM operation WHERE change_id = $1) n
      WHERE o.id = n.id`,
    [changeId, states],
  );
}

async function makeChange(stage: ChangeStage): Promise<Planned> {
  const planned = await plan();
  const { change, run, lines, task } = stages[stage];
  await setLines(planned, lines);
  await planning.rows("UPDATE run SET state = $2 WHERE change_id = $1", [planned.changeId, run]);
  await planning.rows(`UPDATE change SET ${change} WHERE id = $1`, [planned.changeId]);
  if (task) await addTask(planned, task);
  return planned;
}

async function addTask({ changeId, planHash }: Planned, task: NonNullable<Stage["task"]>): Promise<void> {
  await planning.rows(
    `INSERT INTO change_task (change_id, tenant_ids, kind, plan_hash, requested_by, session_id, address, request_id, people, refusal)
     SELECT id, tenant_ids, $2, $3, requested_by, gen_random_uuid(), '192.0.2.1', 'r', 5, $4 FROM change WHERE id = $1`,
    [changeId, task.kind, task.kind === "plan" ? null : planHash, task.refusal],
  );
}

const toOutcome = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => "not refused",
    (error: Error) => error.message,
  );

describe.each(changeStages)("a change that is %s", (stage) => {
  test("refuses what the table refuses, in its words, and does not change", async () => {
    const change = await makeChange(stage);
    const before = await getChange(colleague, change);
    const facts = { ...toChangeFacts(before, new Date()), authorship: before.authorship };
    expect(facts.state).toBe(stage);
    const off = verbs.filter((verb) => !changeCan[verb](facts));
    for (const verb of off) {
      const refusal = changeCan[verb].whyNot(facts);
      expect(await toOutcome(ask[verb](change)), verb).toBe(refusal ? toSentences(refusal) : "not refused");
    }
    expect(await getChange(colleague, change)).toEqual(before);
  });

  // An author approves alone only where nobody else is left: lib/changes/approval/authors.db.test.ts.
  const doable = verbs.filter((verb) => verb !== "approveAlone" && changeCan[verb].states.includes(stage));
  test.each(doable)("allows: %s", async (verb) => {
    expect(await toOutcome(ask[verb](await makeChange(stage)))).toBe("not refused");
  });
});

test.each(operationStates)(
  "cancelling a change ends its %s lines exactly where the table says so",
  async (state) => {
    const change = await makeChange("applying");
    await setLines(change, [state, "queued"]);
    await cancelChange(colleague, { ...change, reason });
    const [line] = await planning.rows<{ state: string }>(
      "SELECT state FROM operation WHERE change_id = $1 ORDER BY seq LIMIT 1",
      [change.changeId],
    );
    expect(line?.state).toBe(operationCan.cancel({ state }) ? "cancelled" : state);
  },
);

test("of two simultaneous undos one is planned, and the other is refused with its name", async () => {
  const change = await makeChange("done");
  const outcomes = await Promise.all([1, 2].map(() => toOutcome(ask.undo(change))));
  expect(outcomes.sort()).toEqual([
    expect.stringMatching(/^CHG-\d+ already undoes this change\./),
    "not refused",
  ]);
});

test.each([
  { readId: null, adoptedAt: null },
  { readId: "a", adoptedAt: null },
  { readId: "a", adoptedAt: "now" },
])(
  "the cut-over gate of a tenant with %o refuses exactly what the table refuses",
  async ({ readId, adoptedAt }) => {
    const id = await addTenant(planning, { people: 1 });
    const hasRead = readId !== null;
    await planning.rows(
      `UPDATE tenant SET mode = 'observe', adopted_at = $2::timestamptz${hasRead ? "" : ", read_id = NULL"} WHERE id = $1`,
      [id, adoptedAt],
    );
    const facts = { state: "healthy", hasRead, adoptedAt: adoptedAt ? new Date() : null } as const;
    const modes = { mode: "mixed", testMode: "off", reason, absent: 1 } as const;
    const [{ name } = { name: "" }] = await planning.rows<{ name: string }>(
      "SELECT name FROM tenant WHERE id = $1",
      [id],
    );
    for (const [verb, asking] of [
      ["cutOver", () => setMode(asker, { tenantId: id, ...modes, name })],
      ["adopt", () => adoptInventory(asker, { tenantId: id, reason })],
    ] as const) {
      const refusal = tenantCan[verb].whyNot(facts);
      expect(await toOutcome(asking()), verb).toBe(refusal ? toSentences(refusal) : "not refused");
    }
  },
);

test.each(tenantStates)("a tenant that is %s refuses exactly what the table refuses", async (state) => {
  const id = await addTenant(planning, { people: 1 });
  for (const [verb, asking] of [
    ["pause", () => pauseTenant(asker, { tenantId: id, reason })],
    ["resume", () => resumeTenant(asker, { tenantId: id })],
    ["read", () => requestRead(asker, { tenantId: id })],
    ["sync", () => requestSync(asker, { tenantId: id })],
  ] as const) {
    await planning.rows("UPDATE tenant SET state = $2 WHERE id = $1", [id, state]);
    const refusal = tenantCan[verb].whyNot({ state });
    const outcome = await toOutcome(asking());
    // A disconnected tenant gets the same answer as an unknown one.
    if (state === "disconnected") expect(outcome, verb).toContain("does not exist");
    else expect(outcome, verb).toContain(refusal ? `${refusal.cause} ${refusal.effect}` : "not refused");
  }
});
