import { execFile } from "node:child_process";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type Row, toDurationRow } from "@/bench/report";
import { median } from "@/bench/statistics";

/** The measurement of one child: the processor time of the plan and of the bare diff, and the peak memory. */
export type PlanFigures = { planMs: number; bareMs: number; peakMb: number };

const RUNS = 5;
const PEAK_MB_MAX = 400;

/**
 * The time to plan 100,000 people against 100,000 accounts, beside a bare diff of the same data through a Map. Each run
 * is a process of its own, so that its peak memory is the plan's and not the bench's.
 * @throws Error when a plan needs more memory than allowed, or finds other differences than the bare diff.
 */
export async function measurePlan(): Promise<Row> {
  const figures: PlanFigures[] = [];
  for (let run = 0; run < RUNS; run += 1) figures.push(await measureOnce());
  const peakMb = Math.max(...figures.map((each) => each.peakMb));
  if (peakMb > PEAK_MB_MAX)
    throw new Error(`Planning took ${Math.round(peakMb)} MB; it may take ${PEAK_MB_MAX}`);
  return toDurationRow({
    name: "plan.100k",
    value: median(figures.map(({ planMs }) => planMs)),
    unit: "ms",
    reference: median(figures.map(({ bareMs }) => bareMs)),
    basis: `median of ${RUNS} processes, peak ${Math.round(peakMb)} MB`,
  });
}

async function measureOnce(): Promise<PlanFigures> {
  const child = path.join(path.dirname(fileURLToPath(import.meta.url)), "plan-100k-child.ts");
  const { stdout } = await promisify(execFile)(process.execPath, ["--import", "tsx", child]);
  return JSON.parse(stdout) as PlanFigures;
}
