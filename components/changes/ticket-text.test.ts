import { expect, test } from "vitest";
import { toChange, toOperation, toRun } from "@/test/change";
import { toTicketText } from "@/components/changes/ticket-text";

test("a ticket lists the request, the requester and the result of every line, in plain text", () => {
  const confirmed = toOperation({ state: "confirmed", confirmedAt: "2026-11-21T10:51:07.000Z" });
  const accepted = toOperation({
    kind: "members_add",
    target: "New Hires",
    state: "accepted",
    acceptedAt: "2026-11-21T10:50:00.000Z",
  });
  const failed = toOperation({
    kind: "group_create",
    label: "Legal",
    target: "Legal",
    state: "failed",
    reason: "conflict",
  });
  const change = toChange("failed", [toRun([confirmed, accepted, failed], { state: "failed" })], {
    ticket: "HALO-48213",
  });
  expect(toTicketText(change)).toBe(
    [
      "CHG-1042 Onboard Ana Ruiz",
      "Reason: New hire",
      "Ticket: HALO-48213",
      "Requested by: Priya Nair, 21 Nov 2026, 10:42 UTC",
      "State: Failed. 1 of 3 operations failed in Contoso Legal; 1 confirmed, 1 awaiting confirmation.",
      "",
      "Contoso Legal",
      "  + create Ana Ruiz (ana.ruiz@contoso.example): confirmed 21 Nov 2026, 10:51 UTC",
      "  + add to group Ana Ruiz (New Hires): accepted 21 Nov 2026, 10:50 UTC, awaiting confirmation",
      "  + create group Legal: failed, The address is taken",
    ].join("\n"),
  );
});

test("a plan says that nothing was sent, and a tenant that is left out gives its reason", () => {
  const text = toTicketText(toChange("ready", [toRun([], { reason: "tenant-observed" })]));
  expect(text).toContain("State: Plan ready. Nothing was sent.");
  expect(text).toContain("Contoso Legal: The tenant is observed only");
});

test("a long run is cut and the remaining lines are counted", () => {
  const text = toTicketText(toChange("ready", [toRun(Array.from({ length: 70 }, () => toOperation()))]));
  expect(text.split("\n").at(-1)).toBe("  and 10 more");
});
