import { expect, test } from "vitest";
import { toDurationRow, toJson, toTable, toThroughputRow } from "@/bench/report";

const basis = "median of 3 runs";
const slower = { name: "engine.create.0ms", value: 500, unit: "creates/s", reference: 2_000, basis };
const longer = { name: "click.to.wire.p50", value: 40, unit: "ms", reference: 8, basis };

test("a ratio below one is worse than the yardstick, for throughput and for durations", () => {
  expect(toThroughputRow(slower).ratio).toBe(0.25);
  expect(toDurationRow(longer).ratio).toBe(0.2);
});

test("the table aligns its figures in columns", () => {
  expect(toTable([toThroughputRow(slower), toDurationRow(longer)])).toBe(
    [
      "name               value  reference  unit       ratio  basis",
      "engine.create.0ms  500.0     2000.0  creates/s   0.25  median of 3 runs",
      "click.to.wire.p50   40.0        8.0  ms          0.20  median of 3 runs",
    ].join("\n"),
  );
});

test("the JSON is one line with exactly the five fields, rounded", () => {
  const text = toJson([toThroughputRow({ ...slower, value: 1_000 / 3 })]);
  expect(text).not.toContain("\n");
  expect(JSON.parse(text)).toEqual([
    { name: "engine.create.0ms", value: 333.333, unit: "creates/s", reference: 2_000, ratio: 0.167 },
  ]);
});
