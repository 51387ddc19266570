import { expect, test } from "vitest";
import { toLadderCounts } from "@/components/words/ladder-counts";
import { toRunWord } from "@/components/words/run-words";
import { countStates, type OperationState, operationStates, type RunState } from "@/lib/changes/model/states";

function counts(given: Partial<Record<OperationState, number>>) {
  return countStates(Object.entries(given).map(([state, count]) => ({ state, count })));
}

test.each<[RunState, string | null, Partial<Record<OperationState, number>>, string]>([
  ["planned", null, { planned: 3 }, "Planned"],
  ["planned", "tenant-observed", {}, "Refused"],
  ["queued", null, { queued: 3 }, "Queued"],
  ["queued", "rate-limited", { queued: 3 }, "Waiting"],
  ["paused", null, { queued: 3 }, "Paused"],
  ["running", null, { sent: 1 }, "Applying"],
  ["done", null, { accepted: 1, confirmed: 2 }, "Awaiting confirmation"],
  ["done", null, { confirmed: 2, held: 1 }, "Held"],
  ["done", null, { confirmed: 2 }, "Done"],
  ["failed", null, { failed: 2, confirmed: 1 }, "2 failed"],
  ["cancelled", "tenant-disconnected", { cancelled: 1 }, "Cancelled"],
])("a %s run (%s) with %o reads %s", (state, reason, given, word) => {
  expect(toRunWord({ state, reason, counts: counts(given) }).word).toBe(word);
});

test("every operation except the skipped and the cancelled is on the ladder once", () => {
  const one = counts(Object.fromEntries(operationStates.map((state) => [state, 1])));
  const ladder = toLadderCounts(one);
  expect(ladder).toEqual({ queued: 2, sent: 2, accepted: 1, confirmed: 1, held: 1, failed: 1 });
});
