import http from "node:http";
import type { AddressInfo } from "node:net";
import { ORIGIN, PORT } from "./demo";

/**
 * The faults between the browser and the demo.
 * - `down`: no connection is answered, as after a kill.
 * - `answer-lost`: an action reaches the server and is done, but its answer is lost.
 * - `bad-gateway`: a proxy answers an action with a page of its own.
 * - `other-build`: an action asks for an id that the server does not have, as a page of an older build does.
 */
export type Fault = "none" | "down" | "answer-lost" | "bad-gateway" | "other-build";

export type FaultyProxy = { origin: string; fail: (fault: Fault) => void; close: () => Promise<void> };

/** A proxy before the demo. The server, its answers and other visitors are not affected. */
export async function startFaultyProxy(): Promise<FaultyProxy> {
  let fault: Fault = "none";
  const server = http.createServer((request, response) => {
    const now = request.headers["next-action"] === undefined && fault !== "down" ? "none" : fault;
    if (now === "down") return void request.socket.destroy();
    if (now === "bad-gateway") {
      response.writeHead(502, { "content-type": "text/html", connection: "close" });
      return void response.end("<html><body><h1>502 Bad Gateway</h1></body></html>");
    }
    forward(request, response, now);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://localhost:${port}`,
    fail: (next) => {
      fault = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function forward(request: http.IncomingMessage, response: http.ServerResponse, fault: Fault): void {
  const headers: http.OutgoingHttpHeaders = { ...request.headers, host: new URL(ORIGIN).host };
  if (headers.origin !== undefined) headers.origin = ORIGIN;
  const action = request.headers["next-action"];
  if (fault === "other-build" && typeof action === "string") {
    headers["next-action"] = action.replace(/.{8}$/, "00000000");
  }
  const { method, url: path } = request;
  const asked = http.request({ host: "localhost", port: PORT, method, path, headers }, (answer) => {
    if (fault === "answer-lost") {
      answer.resume().on("end", () => request.socket.destroy());
      return;
    }
    // A browser automatically repeats a request if a reused connection gives no answer.
    response.writeHead(answer.statusCode ?? 502, { ...answer.headers, connection: "close" });
    answer.pipe(response);
  });
  asked.on("error", () => request.socket.destroy());
  request.pipe(asked);
}
