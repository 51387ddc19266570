import http from "node:http";
import type { AddressInfo } from "node:net";
import { ORIGIN, PORT } from "./demo";

/**
 * What stands between the browser and the demo and fails.
 * - `down`: no connection is answered, as after a kill.
 * - `answer-lost`: an action reaches the server and is done, and its answer does not come back.
 * - `bad-gateway`: an action is answered by the proxy in front, with a page of its own.
 * - `other-build`: an action asks for an id that the server does not have, as a page of an older build does.
 */
export type Fault = "none" | "down" | "answer-lost" | "bad-gateway" | "other-build";

export type FaultyProxy = { origin: string; fail: (fault: Fault) => void; close: () => Promise<void> };

/** A proxy before the demo: the server, its answers and the demo's other visitors are left alone. */
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
    // A browser sends a request again by itself if a connection that it used before gives no answer.
    response.writeHead(answer.statusCode ?? 502, { ...answer.headers, connection: "close" });
    answer.pipe(response);
  });
  asked.on("error", () => request.socket.destroy());
  request.pipe(asked);
}
