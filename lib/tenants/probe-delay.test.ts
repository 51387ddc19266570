import { expect, test } from "vitest";
import { firstProbeMs, probeDelayMs } from "@/lib/tenants/probe-delay";

test("a quarantined tenant is probed after 15 min, 1 h, 6 h, and every 24 h from then on", () => {
  const hours = [0, 1, 2, 3, 4, 100].map((probes) => probeDelayMs(probes) / 3_600_000);
  expect(hours).toEqual([0.25, 1, 6, 24, 24, 24]);
});

test("a tenant whose run failed too much waits for a person", () => {
  expect(firstProbeMs("failing-run")).toBeNull();
  expect(firstProbeMs("token-rejected")).toBe(probeDelayMs(0));
});
