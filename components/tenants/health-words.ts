import { countOf } from "@/components/words/count-words";
import { BREAKER_FAILURES } from "@/lib/engine/run/backoff";
import type { TenantHealth } from "@/lib/tenants/types";

export type BreakerStanding = "closed" | "open" | "half-open";

/** The circuit is open until its wait ends. Then one read decides before anything is written. */
export function standingOfBreaker(
  { failures, cooldownTo }: Pick<TenantHealth, "failures" | "cooldownTo">,
  now: Date,
): BreakerStanding {
  if (failures < BREAKER_FAILURES) return "closed";
  return cooldownTo !== null && cooldownTo > now ? "open" : "half-open";
}

export const breakerWords: Record<BreakerStanding, string> = {
  closed: "Closed: sending normally",
  open: "Open: nothing is sent",
  "half-open": "Half open: one read decides whether sending resumes",
};

/** Shown for a tenant that refused too many writes but answers reads. */
export const trialWords =
  "Too many operations were refused. The next refusal quarantines it again; the next accepted operation ends probation.";

/** "3.3 requests a second now, up to 10" */
export function toCurrentRateWords({ rate, rateMax }: Pick<TenantHealth, "rate" | "rateMax">): string {
  if (rate === null) return "No limit";
  const most = rateMax === null ? "" : `, up to ${rateMax}`;
  const rounded = Math.round(rate * 10) / 10;
  return `${rounded} ${rounded === 1 ? "request" : "requests"} a second now${most}`;
}

/** "probed 3 times" */
export function toProbeWords(probes: number): string {
  return probes === 0 ? "not probed yet" : `probed ${countOf(probes, "time", "times")}`;
}
