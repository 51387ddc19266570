import type { NewTenant } from "./tenants";
import type { Resource } from "./records";
import { buildServer } from "./server";
import type { Sync } from "./sync-record";
import { newWorld } from "./world";

/** A simulator inside the test's own process, reached over HTTP as any other. */
export interface InProcess {
  url: string;
  tenant(settings?: Partial<NewTenant>): Promise<TenantClient>;
  control(method: string, route: string, body?: unknown): Promise<Answer>;
  close(): Promise<void>;
}

interface Answer {
  status: number;
  headers: Headers;
  /** The body as sent. */
  text: string;
  /** The body as JSON; an empty object if it is not JSON. */
  json: Resource;
}

/** One tenant, with its token. */
export interface TenantClient {
  slug: string;
  tenantUrl: string;
  token: string;
  scim(method: string, route: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  control(method: string, route: string, body?: unknown): Promise<Answer>;
  /** Adds a person over SCIM and returns their id. */
  addUser(userName: string, more?: Resource): Promise<string>;
  forceSync(): Promise<Sync>;
  /** The console's record of an id, as the control API shows it. */
  findConsoleUser(id: string): Promise<Resource | null>;
}

export async function startInProcess(): Promise<InProcess> {
  const server = buildServer(newWorld());
  const url = await server.listen({ port: 0, host: "127.0.0.1" });
  function control(method: string, route: string, body?: unknown): Promise<Answer> {
    return send(method, `${url}/_control${route}`, body, { "content-type": "application/json" });
  }
  return {
    url,
    control,
    tenant: async (settings = {}) => {
      const answer = await control("POST", "/tenants", { name: "Acme", ...settings });
      const { slug, tenantUrl, token } = answer.json;
      return toTenantClient(control, {
        slug: String(slug),
        tenantUrl: String(tenantUrl),
        token: String(token),
      });
    },
    close: () => server.close(),
  };
}

/** SCIM's `Resources`, or a JSON list, as objects. */
export function itemsOf(value: unknown): Resource[] {
  return Array.isArray(value) ? value : [];
}

function toTenantClient(
  control: InProcess["control"],
  { slug, tenantUrl, token }: Pick<TenantClient, "slug" | "tenantUrl" | "token">,
): TenantClient {
  const client: TenantClient = {
    slug,
    tenantUrl,
    token,
    scim: (method, route, body, headers = {}) =>
      send(method, tenantUrl + route, body, {
        authorization: `Bearer ${token}`,
        "content-type": "application/scim+json",
        ...headers,
      }),
    control: (method, route, body) => control(method, `/tenants/${slug}${route}`, body),
    addUser: async (userName, more = {}) => {
      const answer = await client.scim("POST", "/Users", { userName, ...more });
      if (answer.status !== 201) throw new Error(`POST /Users answered ${answer.status}: ${answer.text}`);
      return String(answer.json.id);
    },
    forceSync: async () => {
      const answer = await client.control("POST", "/force-sync");
      const sync: Sync = JSON.parse(answer.text);
      return sync;
    },
    findConsoleUser: async (id) => {
      const answer = await client.control("GET", "/console/users");
      const users: unknown = JSON.parse(answer.text);
      return itemsOf(users).find((user) => user.id === id) ?? null;
    },
  };
  return client;
}

async function send(
  method: string,
  url: string,
  body: unknown,
  headers: Record<string, string>,
): Promise<Answer> {
  const isRaw = typeof body === "string";
  const response = await fetch(url, {
    method,
    redirect: "manual",
    headers,
    ...(body === undefined ? {} : { body: isRaw ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = (response.headers.get("content-type") ?? "").includes("json") && text !== "";
  return { status: response.status, headers: response.headers, text, json: isJson ? JSON.parse(text) : {} };
}
