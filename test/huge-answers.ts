import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";

export type HugeAnswers = { url: string; close(): Promise<void> };

const PIECE = Buffer.alloc(1_000_000, "x");
const PIECES = 10;

/** A server that answers every request with 200 and 10 MB of JSON, and does nothing. */
export async function startHugeAnswers(): Promise<HugeAnswers> {
  const server = http.createServer((request, response) => {
    request.resume();
    response.writeHead(200, { "content-type": "application/scim+json" });
    response.write('"');
    for (let piece = 0; piece < PIECES; piece += 1) response.write(PIECE);
    response.end('"');
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/scim/v2`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
