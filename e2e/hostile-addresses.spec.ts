import fs from "node:fs";
import http from "node:http";
import path from "node:path";
import { sizeOf } from "../test/run-length";
import { PORT } from "./demo";
import { expect, test } from "./fixtures";

/*
 * Every route of the app folder, with what people and scanners put into addresses. The requests are written by hand,
 * because a browser and fetch() correct an address before they send it.
 */
const appFolder = path.resolve(import.meta.dirname, "../app");

/** No text at all, so no path and no query may hold the first, and no path the others. */
const nul = ["%00", "a%00b"];
const undecodable = ["%A0", "%ED%A0%80", "%C3%28", "%", "%zz", "%u0041"];

const noId = "00000000-0000-0000-0000-000000000000";
const cursorOf = (place: unknown) => Buffer.from(JSON.stringify(place)).toString("base64url");
const odd = [
  "0000",
  "-1",
  "1e999",
  "9".repeat(40),
  "x".repeat(3_000),
  "..%2f..",
  "%2541",
  "__proto__",
  "constructor",
  "2026-99-99",
  "%2B275760-09-13T00:00:00Z",
  "-271821-04-20T00:00:00.000Z",
  noId,
  `0000-01-01T00:00:00.000Z_${noId}`,
  `2026-12-01T00:00:00.000Z_${"-".repeat(36)}`,
  "0000-01-01",
  "0000-01-01T00:00:00.000Z",
  cursorOf(["a\0", noId, "b"]),
  cursorOf(["a", "-".repeat(36), "b"]),
  cursorOf([0, false, false, "a\0", noId]),
  ...undecodable,
  "%27%20OR%201%3D1",
  "%F0%9F%92%A9%EF%BF%BF",
  "",
];

test.setTimeout(sizeOf({ short: 120_000, long: 900_000 }));

/** Every parameter that a page or a route reads, and one that none does. */
const parameters = [
  ...[
    "q",
    "text",
    "before",
    "after",
    "tenant",
    "tenantId",
    "changeId",
    "change",
    "tab",
    "part",
    "state",
    "group",
  ],
  ...[
    "person",
    "event",
    "actorId",
    "action",
    "from",
    "to",
    "limit",
    "mode",
    "fileName",
    "people",
    "token",
    "page",
  ],
];

type Answer = { status: number; body: string };

/** The addresses of pages and GET routes: "/people/[tenantId]/[resourceId]". */
function listAddresses(): string[] {
  return fs
    .readdirSync(appFolder, { recursive: true, withFileTypes: true })
    .filter(({ name }) => name === "page.tsx" || name === "route.ts")
    .map(({ parentPath }) => `/${path.relative(appFolder, parentPath)}`.replace(/\/\([a-z]+\)/g, "") || "/");
}

function fill(address: string, part: string): string {
  return address.replace(/\[[.\w]+\]/g, part);
}

function get(address: string, cookie: string, headers: Record<string, string> = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = http.get(
      { host: "127.0.0.1", port: PORT, path: address, headers: { cookie, ...headers } },
      (response) => {
        let body = "";
        response.setEncoding("utf8").on("data", (text: string) => (body += text));
        response.on("end", () => resolve({ status: response.statusCode ?? 0, body }));
        response.on("error", reject);
      },
    );
    request.on("error", reject);
  });
}

/** What is wrong with an answer; null when it is one of ours. An error page comes with status 200 when it is streamed. */
function findFault({ status, body }: Answer, isBroken: boolean): string | null {
  if (status >= 500) return `status ${status}`;
  if (isBroken && ![400, 404, 405].includes(status)) return `status ${status} in place of 400 or 404`;
  if (status >= 400 && status !== 405 && !/Rollcall|message/.test(body))
    return `status ${status} with words that are not ours`;
  const digests = [...body.matchAll(/"digest\\?":\\?"([^"\\]+)|data-dgst="([^"]+)/g)].map(
    ([, a, b]) => a ?? b ?? "",
  );
  const failed = digests.filter((digest) => !digest.startsWith("NEXT_"));
  return failed.length > 0 ? `an error page (${failed[0]})` : null;
}

async function findFaults(
  addresses: readonly string[],
  cookie: string,
  isBroken: boolean,
): Promise<string[]> {
  const faults: string[] = [];
  const left = [...addresses];
  async function ask(): Promise<void> {
    for (let address = left.pop(); address !== undefined; address = left.pop()) {
      const fault = findFault(await get(address, cookie), isBroken);
      if (fault) faults.push(`${address.slice(0, 120)}: ${fault}`);
    }
  }
  await Promise.all([ask(), ask(), ask(), ask()]);
  return faults.toSorted();
}

/** In the short run each route gets every fourth of the parts, and no two neighbours the same; in the long run all. */
function isTried(route: number): (part: string, index: number) => boolean {
  const step = sizeOf({ short: 4, long: 1 });
  return (_, index) => index % step === route % step;
}

let cookie: string;
test.beforeAll(async ({ sessionOf }) => {
  cookie = (await sessionOf("owner")).map(({ name, value }) => `${name}=${value}`).join("; ");
});

/** Answers by its own rule: next-auth's routes, and what is public, read no parameter. */
const reading = listAddresses().filter((address) => !/^\/api\/(auth|health|ready)/.test(address));

test("an address that is no text is refused by every route, with our own 400 or 404", async () => {
  expect(reading.length).toBeGreaterThan(25);
  const inPath = reading
    .filter((address) => address.includes("["))
    .flatMap((each) => [...nul, ...undecodable].map((part) => fill(each, part)));
  const inQuery = reading.flatMap((each) => nul.map((part) => `${fill(each, "x")}?q=${part}`));
  expect(await findFaults([...inPath, ...inQuery], cookie, true)).toEqual([]);
});

test("whatever a path or all parameters hold, no route fails", async () => {
  const addresses = listAddresses().flatMap((each, index) =>
    odd
      .filter(isTried(index))
      .flatMap((part) => [
        ...(each.includes("[") && part !== "" ? [fill(each, part)] : []),
        `${fill(each, "people")}?${parameters.map((name) => `${name}=${part.slice(0, 200)}`).join("&")}`,
      ]),
  );
  expect(await findFaults(addresses, cookie, false)).toEqual([]);
});

test("whatever one parameter holds, no page fails", async () => {
  const pages = reading.filter((address) => !address.startsWith("/api/") && !address.includes("["));
  const lists = fs
    .readFileSync(path.join(appFolder, "api/exports/csv-lists.ts"), "utf8")
    .matchAll(/^ {2}(\w+): read/gm);
  const exported = [...lists].map(([, list]) => `/api/exports/${list}`);
  expect(exported.length).toBeGreaterThan(5);
  const addresses = [...pages, ...exported].flatMap((each, route) =>
    parameters.flatMap((name, index) =>
      ["0000", ...sizeOf({ short: [], long: odd.filter((_, at) => at % 4 === (route + index) % 4) })].map(
        (part) => `${each}?${name}=${part}`,
      ),
    ),
  );
  expect(await findFaults(addresses, cookie, false)).toEqual([]);
});

test("an export that another site asks for is refused, and nothing is logged in the operator's name", async ({
  page,
  signInAs,
}) => {
  await signInAs("owner");
  const exported = async () => {
    await page.goto("/audit?action=list.exported");
    return page.getByRole("main").getByText("people").count();
  };
  const before = await exported();
  for (const site of ["cross-site", "same-site"])
    expect((await get("/api/exports/people", cookie, { "sec-fetch-site": site })).status).toBe(403);
  expect(await exported()).toBe(before);
  const own = await get("/api/exports/people", cookie, { "sec-fetch-site": "same-origin" });
  expect(own.status).toBe(200);
  expect(own.body).toContain("@");
  expect(await exported()).toBeGreaterThan(before);
});

test("an account's address is decoded once: the id %41 is not A", async ({ page, signInAs }) => {
  await signInAs("owner");
  await page.goto("/people");
  const href = await page.locator("a.row-link").first().getAttribute("href");
  const [, tenantId, resourceId = ""] = /^\/people\/([^/]+)\/([^/]+)$/.exec(href ?? "") ?? [];
  const hex = resourceId.charCodeAt(0).toString(16);
  const once = `/people/${tenantId}/%${hex}${resourceId.slice(1)}`;
  const twice = `/people/${tenantId}/%25${hex}${resourceId.slice(1)}`;
  expect((await get(once, cookie)).status).toBe(200);
  expect((await get(twice, cookie)).status).toBe(404);
});
