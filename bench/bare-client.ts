import { Agent, request } from "undici";
import type { AttributeValues } from "@/lib/knowbe4/attributes";
import { toScimUser } from "@/lib/knowbe4/to-scim";

/** The yardstick: undici with the engine's requests and the same kind of pool, and nothing else. */
export type BareTarget = { tenantUrl: string; token: string };

/**
 * Creates people, `inFlightMax` at a time, and discards the answers.
 * @returns the duration, connections included
 */
export async function createBare(
  target: BareTarget,
  people: readonly AttributeValues[],
  inFlightMax: number,
): Promise<number> {
  const dispatcher = makeDispatcher(inFlightMax);
  const waiting = people.values();
  async function runLane(): Promise<void> {
    for (const person of waiting) await postUser(target, person, dispatcher);
  }
  const startedMs = performance.now();
  await Promise.all(Array.from({ length: inFlightMax }, runLane));
  const tookMs = performance.now() - startedMs;
  await dispatcher.close();
  return tookMs;
}

/**
 * Creates one person over a new connection.
 * @returns the duration of the round trip, connecting included
 */
export async function createOnceBare(target: BareTarget, person: AttributeValues): Promise<number> {
  const dispatcher = makeDispatcher(1);
  const startedMs = performance.now();
  await postUser(target, person, dispatcher);
  const tookMs = performance.now() - startedMs;
  await dispatcher.close();
  return tookMs;
}

/**
 * Pages through users and groups as the engine does, up to an empty page each, and parses the answers.
 * @returns the duration, and the number of users
 */
export async function readBare(
  target: BareTarget,
  pageSize: number,
): Promise<{ tookMs: number; users: number }> {
  const dispatcher = makeDispatcher(1);
  const startedMs = performance.now();
  const users = await countPages(target, "/Users", pageSize, dispatcher);
  await countPages(target, "/Groups", pageSize, dispatcher);
  const tookMs = performance.now() - startedMs;
  await dispatcher.close();
  return { tookMs, users };
}

function makeDispatcher(connections: number): Agent {
  return new Agent({ connections, pipelining: 1, allowH2: false });
}

async function postUser(target: BareTarget, person: AttributeValues, dispatcher: Agent): Promise<void> {
  const { statusCode, body } = await request(`${target.tenantUrl}/Users`, {
    dispatcher,
    method: "POST",
    headers: { ...toHeaders(target), "content-type": "application/scim+json" },
    body: JSON.stringify(toScimUser(person)),
  });
  const text = await body.text();
  if (statusCode !== 201) throw new Error(`POST /Users answered ${statusCode}: ${text}`);
}

async function countPages(target: BareTarget, endpoint: string, pageSize: number, dispatcher: Agent) {
  let count = 0;
  for (;;) {
    const url = `${target.tenantUrl}${endpoint}?startIndex=${count + 1}&count=${pageSize}`;
    const { statusCode, body } = await request(url, { dispatcher, headers: toHeaders(target) });
    const page: unknown = await body.json();
    if (statusCode !== 200 || !isPage(page)) throw new Error(`GET ${endpoint} answered ${statusCode}`);
    if (page.Resources.length === 0) return count;
    count += page.Resources.length;
  }
}

function isPage(page: unknown): page is { Resources: unknown[] } {
  return typeof page === "object" && page !== null && "Resources" in page && Array.isArray(page.Resources);
}

/** The headers that the engine sends, and no others. */
function toHeaders({ token }: BareTarget): Record<string, string> {
  return {
    authorization: `Bearer ${token}`,
    accept: "application/scim+json, application/json;q=0.9",
    "accept-encoding": "identity",
    "user-agent": "Rollcall SCIM client",
  };
}
