import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import { createScimClient, type ScimClient, type ScimClientOptions } from "@/lib/scim/client";
import type { ScimExchange } from "@/lib/scim/exchange";

/** For tests only: a real HTTP server on a free port with scripted answers, and a client for it. */
export async function startScriptedServer(
  answer: (request: ReceivedRequest, response: ServerResponse) => void,
  options: Partial<ScimClientOptions> = {},
): Promise<ScriptedServer> {
  const received: ReceivedRequest[] = [];
  const exchanges: ScimExchange[] = [];
  const server = createServer((request, response) => {
    const chunks: Uint8Array[] = [];
    request
      .on("data", (chunk: Uint8Array) => chunks.push(chunk))
      .on("end", () => handle(request, response, chunks));
  });
  function handle(request: IncomingMessage, response: ServerResponse, chunks: Uint8Array[]): void {
    const text = Buffer.concat(chunks).toString();
    const { method = "", url = "", headers } = request;
    const entry = { method, url: url.replace("/scim/v2", ""), headers, body: text ? JSON.parse(text) : null };
    received.push(entry);
    answer(entry, response);
  }
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const baseUrl = `http://127.0.0.1:${port}/scim/v2`;
  const client = createScimClient({ baseUrl, token: scriptedToken, ...options });
  onTestFinished(async () => {
    server.closeAllConnections();
    await Promise.all([client.close(), new Promise((resolve) => server.close(resolve))]);
  });
  return { client, baseUrl, received, exchanges, context: { onExchange: (e) => void exchanges.push(e) } };
}

export type ScriptedServer = {
  client: ScimClient;
  baseUrl: string;
  received: ReceivedRequest[];
  exchanges: ScimExchange[];
  /** Passed to a call, collects its exchanges. */
  context: { onExchange: (exchange: ScimExchange) => void };
};

export type ReceivedRequest = {
  method: string;
  /** Relative to the base URL. */
  url: string;
  headers: IncomingHttpHeaders;
  body: Record<string, unknown> | null;
};

export const scriptedToken = "kb4-token/with+signs.0123456789";

/** Answers JSON with a status, by default with SCIM's content type. */
export function sendJson(
  response: ServerResponse,
  body: unknown,
  status = 200,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { "content-type": "application/scim+json", ...headers });
  response.end(JSON.stringify(body));
}

export function toListResponse(resources: unknown[], totalResults = resources.length) {
  const schemas = ["urn:ietf:params:scim:api:messages:2.0:ListResponse"];
  return { schemas, totalResults, startIndex: 1, itemsPerPage: resources.length, Resources: resources };
}

/** Users "1" to "count" as resources. */
export function makeUsers(count: number, from = 1): { id: string; userName: string }[] {
  return Array.from({ length: count }, (_, index) => ({
    id: String(from + index),
    userName: `person${from + index}@example.com`,
  }));
}
