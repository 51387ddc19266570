import { expect, test } from "vitest";
import { SealRefusedError } from "@/lib/audit/log/seal-refused-error";
import { log } from "@/lib/log";
import { runSealLoop } from "@/worker/seal-loop";

log.level = "silent";

const told: string[] = [];
const alarm = {
  quiet: async () => void told.push("quiet"),
  raise: async (error: unknown) => void told.push(error instanceof Error ? error.message : ""),
};

test("rounds continue after failures and refusals, and end at the signal", async () => {
  const stop = new AbortController();
  const rounds: (number | Error)[] = [
    3,
    new Error("the database restarts"),
    new SealRefusedError("Behind."),
    0,
    2,
  ];
  let done = 0;
  const seal = async () => {
    const round = rounds[done];
    done += 1;
    if (done === rounds.length) stop.abort();
    if (round instanceof Error) throw round;
    return round ?? 0;
  };
  await runSealLoop({ seal, alarm, signal: stop.signal, intervalMs: 1, backoffMaxMs: 2 });
  expect(done).toBe(rounds.length);
  expect(told).toEqual([
    "quiet",
    "the database restarts",
    expect.stringContaining("Behind."),
    "quiet",
    "quiet",
  ]);
});

test("a signal during a pause ends it at once", async () => {
  const stop = new AbortController();
  const seal = async () => {
    queueMicrotask(() => stop.abort());
    return 0;
  };
  // The pause is far longer than a test may take.
  await runSealLoop({ seal, alarm, signal: stop.signal, intervalMs: 3_600_000, backoffMaxMs: 3_600_000 });
});
