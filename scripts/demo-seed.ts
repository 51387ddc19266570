import { randomBytes } from "node:crypto";
import { parseArgs } from "node:util";
import type { Role } from "@/lib/auth/roles";
import { operatorScope, type RequestFacts, type Scope } from "@/lib/auth/scope";
import { closeDatabase } from "@/lib/db/client";
import { createFirstOwner } from "@/lib/operators/setup";
import { createOperator } from "@/lib/operators/mutations";
import { closeSender } from "@/lib/queue/boss";
import { adoptInventory } from "@/lib/roster/mutations";
import { getAbsences, getTenant } from "@/lib/tenants/data";
import { connectTenant, setMode } from "@/lib/tenants/mutations";
import { waitFor } from "@/lib/wait-for";

/* Fills a new demo as a person would: an owner sets up, connects the simulated clients, waits until the worker has read
   them, and takes them through the cut-over gate, then creates a technician and an auditor. The last line names them as
   JSON. */
type SimulatedTenant = { name: string; domains: string[]; tenantUrl: string; token: string };

const people = [
  { role: "owner", name: "Priya Nair", email: "priya@rollcall.example" },
  { role: "technician", name: "Marek Zielinski", email: "marek@rollcall.example" },
  { role: "auditor", name: "Olga Brandt", email: "olga@rollcall.example" },
] as const satisfies readonly { role: Role; name: string; email: string }[];

const request: RequestFacts = { address: "127.0.0.1", userAgent: "demo", requestId: "demo-seed" };

const { values } = parseArgs({ options: { simulator: { type: "string" } } });
if (!values.simulator) throw new Error("The simulator's URL is missing. Give it with --simulator URL.");

const operators = people.map((person) => ({ ...person, password: makePassword() }));
const owner = await setUp(operators[0]);
const tenantIds = [];
for (const tenant of await listSimulated(values.simulator)) tenantIds.push(await connect(owner, tenant));
for (const { role, name, email, password } of operators.slice(1)) {
  await createOperator(owner, {
    role,
    name,
    email,
    password,
    tenantIds: role === "technician" ? tenantIds : [],
  });
}
await closeSender();
await closeDatabase();
console.log(JSON.stringify(operators.map(({ role, email, password }) => ({ role, email, password }))));

async function setUp(person: (typeof operators)[number] | undefined): Promise<Scope> {
  if (!person) throw new Error("A demo has an owner");
  const { operatorId } = await createFirstOwner(request, {
    ...person,
    code: process.env.DEMO_SETUP_CODE ?? "",
  });
  const session = {
    sessionId: "demo-seed",
    operatorId,
    name: person.name,
    email: person.email,
    role: "owner" as const,
    tenantIds: [],
  };
  return operatorScope(session, request);
}

async function listSimulated(url: string): Promise<SimulatedTenant[]> {
  const response = await fetch(new URL("/_control/demo-credentials", url));
  if (!response.ok)
    throw new Error(`The simulator answered ${response.status} when it was asked for the demo's tenants`);
  return (await response.json()) as SimulatedTenant[];
}

/** Connects a tenant, waits for its first full read, and takes it through the cut-over gate. */
async function connect(scope: Scope, { name, domains, tenantUrl, token }: SimulatedTenant): Promise<string> {
  const { tenantId } = await connectTenant(scope, { name, tenantUrl, token, domains });
  await waitFor(
    async () => (await getTenant(scope, { tenantId })).readAt !== null,
    `the first read of ${name}`,
  );
  const reason = "Demo: Rollcall is the SCIM source of this simulated client";
  await adoptInventory(scope, { tenantId, reason });
  const { absent } = await getAbsences(scope, { tenantId });
  await setMode(scope, { tenantId, mode: "source", testMode: "off", reason, absent, name });
  return tenantId;
}

/** Four groups of random letters: 80 bits, and still easy to type. */
function makePassword(): string {
  const letters = randomBytes(16)
    .toString("base64url")
    .toLowerCase()
    .replace(/[^a-z0-9]/g, "x");
  return (letters.match(/.{5}/g) ?? []).join("-");
}
