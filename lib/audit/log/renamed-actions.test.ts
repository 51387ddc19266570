import { expect, test } from "vitest";
import { AUDIT_ACTIONS } from "@/lib/audit/log/events";
import { currentAction, storedActions } from "@/lib/audit/log/renamed-actions";

test("an event that was sealed under an old name is read under the current name", () => {
  expect(currentAction("notice.opened")).toBe("issue.opened");
  expect(currentAction("change.planned")).toBe("change.planned");
  expect(currentAction("from.a.newer.release")).toBe("from.a.newer.release");
});

test("a filter by an action finds the events of all its names, and no name is both current and old", () => {
  expect(storedActions("change.held_approved")).toEqual(["change.held_approved", "change.held_released"]);
  const names = AUDIT_ACTIONS.flatMap(storedActions);
  expect(new Set(names).size).toBe(names.length);
  for (const action of AUDIT_ACTIONS)
    for (const name of storedActions(action)) expect(currentAction(name)).toBe(action);
});
