import http from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { fetchJson, LostAnswerError } from "@/components/ui/fetch-json";
import { lostSince, reportLost, reportReached } from "@/components/ui/reach";

let status = 200;
let server: http.Server;

beforeEach(async () => {
  server = http.createServer((_request, response) => {
    response.writeHead(status, { "content-type": "application/json", connection: "close" });
    response.end(JSON.stringify({ message: "A test says so." }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  reportReached();
});
afterEach(() => server.close());

const ask = () => fetchJson(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, {});

test("Rollcall counts as not reached from the first of two lost answers until the next answer", () => {
  const first = new Date("2026-11-21T10:42:00Z");
  reportLost(first);
  expect(lostSince()).toBeNull();
  reportLost(new Date("2026-11-21T10:43:00Z"));
  expect(lostSince()).toEqual(first);
  reportReached();
  expect(lostSince()).toBeNull();
});

test("a server that cannot work now counts as not reached, and a refusal as an answer", async () => {
  status = 503;
  await expect(ask()).rejects.toThrow(LostAnswerError);
  await expect(ask()).rejects.toThrow("A test says so.");
  expect(lostSince()).not.toBeNull();
  status = 403;
  await expect(ask()).rejects.not.toThrow(LostAnswerError);
  expect(lostSince()).toBeNull();
});
