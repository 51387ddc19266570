import {
  breakerWords,
  standingOfBreaker,
  toCurrentRateWords,
  toProbeWords,
  trialWords,
} from "@/components/tenants/health-words";
import { Card } from "@/components/ui/card";
import { type Definition, DefinitionList } from "@/components/ui/definition-list";
import { TextLink } from "@/components/ui/text-link";
import { Time } from "@/components/ui/time";
import { countOf } from "@/components/words/count-words";
import { toCatalogueCode } from "@/components/words/error-words";
import { getCatalogueEntry } from "@/lib/knowbe4/catalogue";
import { loadHealth } from "@/lib/tenants/loaders";
import type { TenantHealth } from "@/lib/tenants/types";

/** The tenant's health: rate limit, circuit breaker, quarantine and the next attempt. */
export async function HealthCard({ tenantId, now }: { tenantId: string; now: Date }) {
  const health = await loadHealth(tenantId);
  if (health.state === "disconnected") return null;
  return (
    <Card
      title="Health"
      aside={
        health.issues > 0 ? (
          <TextLink href="/issues">{countOf(health.issues, "open issue", "open issues")}</TextLink>
        ) : null
      }
    >
      <DefinitionList items={toItems(health, now)} />
    </Card>
  );
}

function toItems(health: TenantHealth, now: Date): Definition[] {
  const { state, reason, reasonAt, failures, cooldownTo, quarantinedAt } = health;
  const isWaiting = state === "healthy" && cooldownTo !== null && cooldownTo > now;
  return [
    { term: "Rate limit", detail: toCurrentRateWords(health) },
    { term: "Circuit breaker", detail: breakerWords[standingOfBreaker(health, now)] },
    ...(failures > 0 ? [{ term: "Failures in a row", detail: failures.toLocaleString("en-GB") }] : []),
    ...(reason ? [{ term: "Why", detail: <Why reason={reason} since={reasonAt} /> }] : []),
    ...(isWaiting ? [{ term: "Next attempt", detail: <Time at={cooldownTo} /> }] : []),
    ...(state === "quarantined" ? [{ term: "Quarantine", detail: <Quarantine health={health} /> }] : []),
    ...(state === "healthy" && quarantinedAt ? [{ term: "On trial", detail: trialWords }] : []),
  ];
}

function Why({ reason, since }: { reason: string; since: Date | null }) {
  return (
    <>
      {getCatalogueEntry(toCatalogueCode(reason)).title}
      {since ? (
        <>
          , <Time at={since} />
        </>
      ) : null}
    </>
  );
}

function Quarantine({ health: { probeNextAt, probes, quarantinedAt } }: { health: TenantHealth }) {
  return (
    <>
      {quarantinedAt ? (
        <>
          Since <Time at={quarantinedAt} />,{" "}
        </>
      ) : null}
      {toProbeWords(probes)}.{" "}
      {probeNextAt ? (
        <>
          Next probe <Time at={probeNextAt} />.
        </>
      ) : (
        "Automatic probes have ended. Try the tenant again or replace its token."
      )}
    </>
  );
}
