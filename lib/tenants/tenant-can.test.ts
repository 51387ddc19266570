import { expect, test } from "vitest";
import { tenantCan, tenantStates } from "@/lib/tenants/tenant-can";
import type { TenantState } from "@/lib/tenants/types";

const ours = { mode: "source", hasRead: true, adoptedAt: new Date(), reconciles: false } as const;

/** Per verb, for each state in the order of `tenantStates`: y allowed, d already done, n refused. */
const expected: Record<keyof typeof tenantCan, string> = {
  edit: "yyyyn",
  pause: "yydyn",
  resume: "ddyyn",
  read: "nynnn",
  sync: "nynnn",
  adopt: "yyyyn",
  cutOver: "yyyyn",
  reconcile: "yyyyn",
};

const verbs = Object.keys(tenantCan) as (keyof typeof tenantCan)[];

test.each(verbs)("%s: every state of a tenant has one answer, and a refusal says why", (verb) => {
  const answers = tenantStates.map((state) => {
    const facts = { state, ...ours };
    const refusal = tenantCan[verb].whyNot(facts);
    for (const sentence of refusal ? [refusal.cause, refusal.effect, refusal.next] : [])
      expect(sentence).toMatch(/^[A-Z].*\.$/);
    if (tenantCan[verb](facts)) return "y";
    return tenantCan[verb].isDone(facts) ? "d" : "n";
  });
  expect(answers.join("")).toBe(expected[verb]);
});

test("a tenant that cannot be read names the cause of its own state", () => {
  const causes = tenantStates.map((state: TenantState) => tenantCan.read.whyNot({ state })?.cause ?? null);
  expect(causes[1]).toBeNull();
  for (const [index, word] of [
    [0, "connecting"],
    [2, "paused"],
    [3, "quarantined"],
    [4, "disconnected"],
  ] as const) {
    expect(causes[index]).toContain(word);
  }
});

test("automatic applying can be switched on only where Rollcall writes and the inventory is adopted, and off anywhere", () => {
  const facts = { state: "healthy", ...ours } as const;
  expect(tenantCan.reconcile({ ...facts, mode: "observe" })).toBe(false);
  expect(tenantCan.reconcile({ ...facts, adoptedAt: null })).toBe(false);
  expect(tenantCan.reconcile({ ...facts, mode: "observe", reconciles: true })).toBe(true);
});

test("the gate's steps are asked for in their order: the read, then the inventory", () => {
  const before = { state: "healthy", hasRead: false, adoptedAt: null } as const;
  expect(tenantCan.adopt.whyNot(before)?.cause).toContain("has not been fully read");
  expect(tenantCan.cutOver.whyNot(before)?.cause).toContain("has not been fully read");
  const read = { ...before, hasRead: true };
  expect(tenantCan.adopt(read)).toBe(true);
  expect(tenantCan.cutOver.whyNot(read)?.cause).toContain("is not adopted");
  expect(tenantCan.cutOver({ ...read, adoptedAt: new Date() })).toBe(true);
});
