import { measureClickToWire } from "@/bench/click-to-wire";
import { measureDirectoryRead } from "@/bench/directory-read";
import { measureCreates } from "@/bench/engine-create";
import { parseOptions } from "@/bench/options";
import { measureFanOut } from "@/bench/fan-out";
import { measureIsolation } from "@/bench/isolation";
import { measureLargeRun } from "@/bench/large-run";
import { measureOperationsPage } from "@/bench/operations-page";
import { measurePlan } from "@/bench/plan-100k";
import { measureAuditPages, measurePeoplePages, measureTenantPages } from "@/bench/pages";
import { measurePageWeight } from "@/bench/page-weight";
import { type Row, toJson, toTable } from "@/bench/report";
import { InterruptedError, type Stack, withStack } from "@/bench/stack";
import { measureWebWhilePlanning } from "@/bench/web-while-planning";
import { log } from "@/lib/log";

/**
 * `npm run bench [-- NAME… --json]`: measures the engine beside a yardstick in the same run, because figures of another
 * machine or another hour cannot be compared. Progress goes to stderr, the rows to stdout.
 */
type Measurement = { names: readonly string[]; measure: (stack: Stack) => Promise<Row[]> };

const measurements: readonly Measurement[] = [
  toCreates({ name: "engine.create.20ms", latencyMs: 20, operations: 6_000, runs: 3 }),
  toCreates({ name: "engine.create.0ms", latencyMs: 0, operations: 5_000, runs: 3 }),
  { names: ["click.to.wire.p50", "click.to.wire.p95"], measure: measureClickToWire },
  { names: ["directory.read"], measure: async (stack) => [await measureDirectoryRead(stack)] },
  {
    names: ["fanout.isolation"],
    measure: async (stack) => [
      await measureIsolation(stack, { name: "fanout.isolation", others: 97, operations: 40, rounds: 3 }),
    ],
  },
  {
    names: ["fanout.efficiency"],
    measure: async (stack) => [
      await measureFanOut(stack, { name: "fanout.efficiency", tenants: 500, operations: 40 }),
    ],
  },
  { names: ["plan.100k"], measure: async () => [await measurePlan()] },
  { names: ["operations.page.first", "operations.page.deep"], measure: measureOperationsPage },
  {
    names: ["page.people.first", "page.people.deep", "page.people.search", "page.people.filtered"],
    measure: measurePeoplePages,
  },
  { names: ["page.tenants"], measure: measureTenantPages },
  { names: ["page.audit.first", "page.audit.search", "page.audit.filtered"], measure: measureAuditPages },
  { names: ["page.weight"], measure: measurePageWeight },
  { names: ["web.while.planning"], measure: measureWebWhilePlanning },
  // The last, because its run goes on.
  { names: ["run.200k.rss", "run.200k.resume"], measure: measureLargeRun },
];

function toCreates(options: Parameters<typeof measureCreates>[1]): Measurement {
  return { names: [options.name], measure: async (stack) => [await measureCreates(stack, options)] };
}

async function main(): Promise<number> {
  const parsed = parseOptions(
    process.argv.slice(2),
    measurements.flatMap(({ names }) => names),
  );
  if (!parsed.ok) {
    tell(parsed.message);
    return 2;
  }
  const { names, json } = parsed.options;
  // Every fault ends the run with an error; log lines on stdout would mix with the rows.
  log.level = "silent";
  const rows = await withStack((stack) => measureAll(stack, names), tell);
  process.stdout.write(`${toTable(rows)}\n${json ? `${toJson(rows)}\n` : ""}`);
  return 0;
}

async function measureAll(stack: Stack, wanted: readonly string[]): Promise<Row[]> {
  const rows: Row[] = [];
  for (const { names, measure } of measurements) {
    const chosen = names.filter((name) => wanted.includes(name));
    if (chosen.length === 0) continue;
    tell(`Measuring ${chosen.join(" and ")}`);
    rows.push(...(await measure(stack)).filter(({ name }) => wanted.includes(name)));
  }
  return rows;
}

function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}

try {
  process.exit(await main());
} catch (error) {
  if (error instanceof InterruptedError) process.exit(130);
  tell(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exit(1);
}
