import { countOf } from "@/components/words/count-words";
import { BREAKER_FAILURES } from "@/lib/engine/run/backoff";
import type { TenantHealth } from "@/lib/tenants/types";

export type BreakerStanding = "closed" | "open" | "half-open";

/** Open until its wait is over; from then on a single read decides, before anything is written. */
export function standingOfBreaker(
  { failures, cooldownTo }: Pick<TenantHealth, "failures" | "cooldownTo">,
  now: Date,
): BreakerStanding {
  if (failures < BREAKER_FAILURES) return "closed";
  return cooldownTo !== null && cooldownTo > now ? "open" : "half-open";
}

export const breakerWords: Record<BreakerStanding, string> = {
  closed: "Closed: it holds nothing back",
  open: "Open: nothing is sent",
  "half-open": "Half open: one read decides before anything is written",
};

/** Of a tenant that had refused too many writes and answers reads. */
export const trialWords =
  "Too many of its operations were refused. The next one that is refused quarantines it again, one that is accepted ends this.";

/** "3.3 requests a second at this time, up to 10" */
export function toPaceWords({ rate, rateMax }: Pick<TenantHealth, "rate" | "rateMax">): string {
  if (rate === null) return "No limit";
  const most = rateMax === null ? "" : `, up to ${rateMax}`;
  const rounded = Math.round(rate * 10) / 10;
  return `${rounded} ${rounded === 1 ? "request" : "requests"} a second at this time${most}`;
}

/** "after 3 probes by itself" */
export function toProbeWords(probes: number): string {
  return probes === 0 ? "not probed by itself yet" : `probed by itself ${countOf(probes, "time", "times")}`;
}
