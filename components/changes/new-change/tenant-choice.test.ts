import { expect, test } from "vitest";
import { toTenantChoices, whyNotWritable } from "@/components/changes/new-change/tenant-choice";
import type { TenantSummary } from "@/lib/tenants/types";

const healthy = { state: "healthy", mode: "source", readAt: new Date(0) } as const;

test("a tenant is offered when it may be written to, and otherwise says why it is not", () => {
  expect(whyNotWritable(healthy)).toBeNull();
  expect(whyNotWritable({ ...healthy, mode: "mixed" })).toBeNull();
  expect(whyNotWritable({ ...healthy, mode: "observe" })).toMatch(/observed only/);
  expect(whyNotWritable({ ...healthy, readAt: null })).toMatch(/not been read yet/);
});

test("a paused or quarantined tenant is offered, so that nobody stays active there unnoticed", () => {
  expect(whyNotWritable({ ...healthy, state: "paused" })).toBeNull();
  expect(whyNotWritable({ ...healthy, state: "quarantined" })).toBeNull();
});

test("a paused or quarantined tenant says so beside the choice, and that its operations wait", () => {
  const tenant: TenantSummary = {
    ...healthy,
    id: "t1",
    name: "Contoso Legal",
    reason: null,
    reasonAt: null,
    cooldownTo: null,
    domains: ["contoso.example"],
    testMode: false,
    users: 10,
    active: 9,
    groups: 1,
    lastReadState: "complete",
    lastReadReason: null,
    lastConfirmedAt: null,
    unconfirmed: 0,
    open: 0,
  };
  const waitingOf = (given: Partial<TenantSummary>) => toTenantChoices([{ ...tenant, ...given }])[0]?.waiting;
  expect(waitingOf({})).toBeNull();
  expect(waitingOf({ state: "paused" })).toMatch(/^Paused: .*wait until somebody resumes the tenant/);
  expect(waitingOf({ state: "quarantined", reason: "token-rejected" })).toMatch(
    /token.*wait until that is fixed/,
  );
});
