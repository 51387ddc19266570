import { expect, test } from "vitest";
import { type PutBack, toPutBackIntents } from "@/lib/provisioning/drift/put-back-intents";

const tenantId = "t1";

function row(
  id: string,
  resourceId: string,
  field: string,
  before: string | null,
  after: string | null,
): PutBack {
  return { id, resourceId, userName: `${resourceId}@x.example`, field, before, after };
}

const account = (resourceId: string) => ({ tenantId, resourceId, userName: `${resourceId}@x.example` });
const noGroups = { addGroups: [], removeGroups: [] };

test("accounts that get the same values back share one update, and others have one of their own", () => {
  const intents = toPutBackIntents(tenantId, [
    row("1", "u1", "title", "Partner", "Clerk"),
    row("2", "u1", "department", null, "Sales"),
    row("3", "u2", "department", null, "Legal"),
    row("4", "u2", "title", "Partner", null),
    row("5", "u3", "title", "Chef", "Clerk"),
  ]);
  expect(intents).toEqual([
    {
      intent: {
        kind: "update",
        attributes: { department: null, title: "Partner" },
        ...noGroups,
        accounts: [account("u1"), account("u2")],
      },
      driftIds: ["1", "2", "3", "4"],
    },
    {
      intent: { kind: "update", attributes: { title: "Chef" }, ...noGroups, accounts: [account("u3")] },
      driftIds: ["5"],
    },
  ]);
});

test("who was archived is restored, who was restored or appeared is archived, and whom nothing can bring back is left", () => {
  const intents = toPutBackIntents(tenantId, [
    row("1", "u1", "active", "true", "false"),
    row("2", "u2", "active", "false", "true"),
    row("3", "u3", "appeared", null, "u3@x.example"),
    row("4", "u4", "vanished", "u4@x.example", null),
    row("5", "u5", "userName", "a@x.example", "b@x.example"),
  ]);
  expect(intents).toEqual([
    { intent: { kind: "restore", accounts: [account("u1")] }, driftIds: ["1"] },
    { intent: { kind: "offboard", accounts: [account("u2"), account("u3")] }, driftIds: ["2", "3"] },
  ]);
});
