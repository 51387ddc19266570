import type { ScimClient } from "@/lib/scim/client";
import { isScimError, type ScimFailure } from "@/lib/scim/errors";
import type { ScimContext } from "@/lib/scim/exchange";
import { equalsFilter } from "@/lib/scim/filter";
import type { ScimList, ScimServiceProviderConfig } from "@/lib/scim/wire";
import type { CatalogueCode } from "@/lib/knowbe4/catalogue";
import { explainError } from "@/lib/knowbe4/explain-error";

export type ProbeStep = {
  key: "address" | "token" | "users" | "lookup" | "groups" | "service-provider-config";
  /** For people, such as "The token is accepted". */
  name: string;
  state: "ok" | "failed" | "skipped";
  /** The evidence, such as "311 users". */
  evidence: string;
  remedy?: string;
  /** Why it failed, as a catalogue code. */
  code?: CatalogueCode;
};

export type ProbeResult = {
  probedAt: Date;
  /** True when no step failed: the tenant may be connected. */
  passed: boolean;
  steps: ProbeStep[];
  capabilities: ProbeCapabilities;
};

/** The tenant's capabilities as far as reads show them. Null means unknown. */
export type ProbeCapabilities = {
  /** As the server declares it; KnowBe4 accepts PATCH, so null is no reason to refuse. */
  patch: boolean | null;
  /** Whether a lookup of an unknown name found nobody. */
  filter: boolean | null;
  /** Users received when 100 were requested. If less than the total, this is the page size. */
  pageSizeSeen: number | null;
  usersTotal: number | null;
  groupsTotal: number | null;
  serviceProviderConfig: boolean;
  answeredBy: string;
};

/**
 * Tests a Tenant URL and token with at most four reads and no write. A tenant's faults become failed steps with a
 * remedy; it throws only when the caller's signal ends it, with that abort as a ScimTransientError.
 */
export async function probe(
  client: ScimClient,
  { now, ...context }: ScimContext & { now: Date },
): Promise<ProbeResult> {
  const users = await settle(client.users.listOnce({ count: 100 }, context));
  const first = toFirstSteps(users, client.host);
  if (!users.ok) return toResult(client, now, [...first, ...restSkipped], {});
  const nobody = `nobody-${crypto.randomUUID()}@probe.invalid`;
  const filter = equalsFilter("userName", nobody);
  const lookup = await settle(client.users.listOnce({ filter }, context));
  const groups = await settle(client.groups.listOnce({ count: 1, excludedAttributes: ["members"] }, context));
  const config = await settle(client.serviceProviderConfig(context));
  const steps = [...first, toLookupStep(lookup), toGroupsStep(groups), toConfigStep(config)];
  return toResult(client, now, steps, {
    patch: config.ok ? config.value.patch : null,
    filter: lookup.ok ? isEmpty(lookup.value) : lookup.error.kind === "invalid" ? false : null,
    pageSizeSeen: users.value.resources.length,
    usersTotal: users.value.totalResults,
    groupsTotal: groups.ok ? groups.value.totalResults : null,
    serviceProviderConfig: config.ok,
  });
}

type Settled<Value> = { ok: true; value: Value } | { ok: false; error: ScimFailure };

async function settle<Value>(call: Promise<Value>): Promise<Settled<Value>> {
  try {
    return { ok: true, value: await call };
  } catch (error) {
    const isTenantsFault = isScimError(error) && !(error.kind === "transient" && error.reason === "aborted");
    if (isTenantsFault) return { ok: false, error };
    throw error;
  }
}

const names: Record<ProbeStep["key"], string> = {
  address: "The address answers",
  token: "The token is accepted",
  users: "Users can be listed",
  lookup: "A person can be looked up",
  groups: "Groups can be listed",
  "service-provider-config": "The service describes its features",
};

const restSkipped = (["lookup", "groups", "service-provider-config"] as const).map((key) =>
  toStep(key, "skipped", "Not tried"),
);

/** The first read shows three things: something answers, it accepts the token, it is SCIM. */
function toFirstSteps(users: Settled<ScimList>, host: string): ProbeStep[] {
  if (users.ok) {
    return [
      toStep("address", "ok", `${host} answered`),
      toStep("token", "ok", "The read was allowed"),
      toStep("users", "ok", `${users.value.totalResults} users`),
    ];
  }
  const { error } = users;
  const isReached = error.status !== null && !(error.kind === "protocol" && error.reason === "redirect");
  if (!isReached) return [toFailed("address", error), ...skip("token", "users")];
  const address = toStep("address", "ok", `${host} answered`);
  if (error.kind === "auth") return [address, toFailed("token", error), ...skip("users")];
  return [address, ...skip("token"), toFailed("users", error)];
}

function toLookupStep(lookup: Settled<ScimList>): ProbeStep {
  if (!lookup.ok) return toFailed("lookup", lookup.error);
  if (isEmpty(lookup.value)) return toStep("lookup", "ok", "An unused name found nobody");
  const evidence = `An unused name found ${lookup.value.totalResults} users: the filter is ignored`;
  const remedy =
    "People could be created twice. Ask KnowBe4 support whether lookups by userName are enabled.";
  return { ...toStep("lookup", "failed", evidence), remedy, code: "not-supported" };
}

function toGroupsStep(groups: Settled<ScimList>): ProbeStep {
  if (!groups.ok) return toFailed("groups", groups.error);
  return toStep("groups", "ok", `${groups.value.totalResults} groups`);
}

/** Optional: KnowBe4 does not promise it, so its absence fails nothing. */
function toConfigStep(config: Settled<ScimServiceProviderConfig>): ProbeStep {
  const key = "service-provider-config";
  if (!config.ok) return toStep(key, "skipped", "Not offered");
  return toStep(key, "ok", `PATCH ${config.value.patch ? "is" : "is not"} offered`);
}

function isEmpty(list: ScimList): boolean {
  return list.resources.length === 0 && list.totalResults === 0;
}

function skip(...keys: ProbeStep["key"][]): ProbeStep[] {
  return keys.map((key) => toStep(key, "skipped", "Not tried"));
}

function toFailed(key: ProbeStep["key"], error: ScimFailure): ProbeStep {
  const { title, remedy, code } = explainError(error);
  return { ...toStep(key, "failed", `${title}. ${error.message}`), remedy, code };
}

function toStep(key: ProbeStep["key"], state: ProbeStep["state"], evidence: string): ProbeStep {
  return { key, name: names[key], state, evidence };
}

function toResult(
  client: ScimClient,
  probedAt: Date,
  steps: ProbeStep[],
  found: Partial<ProbeCapabilities>,
): ProbeResult {
  const unknown = { patch: null, filter: null, pageSizeSeen: null, usersTotal: null, groupsTotal: null };
  const capabilities = { ...unknown, serviceProviderConfig: false, ...found, answeredBy: client.host };
  return { probedAt, passed: steps.every(({ state }) => state !== "failed"), steps, capabilities };
}
