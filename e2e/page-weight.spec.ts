import type { Page } from "@playwright/test";
import { isAddressOf, listConsolePages } from "./console-pages";
import { expect, test } from "./fixtures";
import { countGzipped, listLinks, type Served, ScriptScale, servePage } from "./page-weight";

/** What a page may weigh at most: docs/decisions/0035-plain-rows.md. Scripts are counted in KB of 1,024 bytes. */
const scriptBytesMost = 220 * 1024;
const pageBytesMost = 250_000;
const pageGzipMost = 25_000;
const nodesMost = 2_200;
const rowsOfPage = 100;
/** The demo has three tenants; a page shows at most this many (lib/tenants/page-tenants.ts). */
const rowsOfTenants = 50;

test("no page of the console loads more than 220 KB of script before something is used", async ({
  page,
  signInAs,
}) => {
  await signInAs("owner");
  const addresses = await listAddresses(page);
  const pages = listConsolePages();
  const missed = pages.filter((each) => !addresses.some((address) => isAddressOf(each, address, pages)));
  expect(missed, "pages that no address here leads to").toEqual([]);

  const scale = new ScriptScale(page.request);
  const tooHeavy: string[] = [];
  for (const address of addresses) {
    const { scripts } = await servePage(page.request, address);
    expect(scripts.length, `${address} loads scripts`).toBeGreaterThan(0);
    const bytes = await scale.weigh(scripts);
    if (bytes > scriptBytesMost) tooHeavy.push(`${address}: ${bytes}`);
  }
  expect(tooHeavy).toEqual([]);
});

test("until something is used, a browser fetches almost nothing beyond what a page's HTML names", async ({
  page,
  signInAs,
}) => {
  await signInAs("owner");
  const scale = new ScriptScale(page.request);
  for (const address of ["/people", "/changes/new/onboard"]) {
    const { scripts } = await servePage(page.request, address);
    await page.goto(address);
    await page.waitForLoadState("networkidle");
    const fetched = await page.evaluate(() =>
      performance
        .getEntriesByType("resource")
        .map(({ name }) => new URL(name))
        .filter(({ pathname }) => pathname.endsWith(".js"))
        .map(({ pathname, search }) => pathname + search),
    );
    expect(fetched.length).toBeGreaterThan(5);
    // Next fetches the error screen of the page automatically, 1.6 KB.
    const unnamed = fetched.filter((script) => !scripts.includes(script));
    expect(await scale.weigh(unnamed), `${address}: ${unnamed.join(", ")}`).toBeLessThan(3_000);
  }
});

test("a page of 100 people weighs at most 250 KB, 25 KB compressed, and has at most 2,200 nodes", async ({
  page,
  signInAs,
}) => {
  await signInAs("owner");
  const served = await servePage(page.request, "/people");
  const { rows, ...weight } = await weigh(page, served);
  expect(rows).toBe(rowsOfPage);
  expectLight(weight);
});

test("a full page of tenants would weigh no more, extrapolated from the existing ones", async ({
  page,
  signInAs,
}) => {
  await signInAs("owner");
  const all = await weigh(page, await servePage(page.request, "/tenants"));
  const one = await weigh(page, await servePage(page.request, "/tenants?q=Contoso"));
  expect(one.rows).toBe(1);
  expect(all.rows).toBeGreaterThan(2);
  // More rows of the same kind compress better than the first ones, so the line through both is an upper bound.
  const grow = (few: number, many: number) => few + ((many - few) / (all.rows - 1)) * (rowsOfTenants - 1);
  expectLight({
    bytes: grow(one.bytes, all.bytes),
    gzip: grow(one.gzip, all.gzip),
    nodes: grow(one.nodes, all.nodes),
  });
});

type Weight = { bytes: number; gzip: number; nodes: number };

function expectLight({ bytes, gzip, nodes }: Weight): void {
  expect.soft(bytes, "bytes of HTML").toBeLessThanOrEqual(pageBytesMost);
  expect.soft(gzip, "bytes of HTML, compressed").toBeLessThanOrEqual(pageGzipMost);
  expect.soft(nodes, "elements").toBeLessThanOrEqual(nodesMost);
}

/** Counts the elements with the browser's own parser. */
async function weigh(page: Page, { html }: Served): Promise<Weight & { rows: number }> {
  const counts = await page.evaluate((text) => {
    const parsed = new DOMParser().parseFromString(text, "text/html");
    return {
      nodes: parsed.querySelectorAll("*").length,
      rows: parsed.querySelectorAll("tbody tr").length,
    };
  }, html);
  return { bytes: Buffer.byteLength(html), gzip: countGzipped(html), ...counts };
}

/** An address of every page, with ids from the demo, and every tab and part of one tenant. */
async function listAddresses(page: Page): Promise<string[]> {
  const first = async (list: string, begin: RegExp) => {
    const { html } = await servePage(page.request, list);
    const found = listLinks(html, list).find((link) => begin.test(link));
    if (!found) throw new Error(`${list} links to none of its rows`);
    return found;
  };
  const id = "[0-9a-f-]{36}";
  const tenant = await first("/tenants", new RegExp(`^/tenants/${id}$`));
  const person = await first("/people", new RegExp(`^/people/${id}/`));
  const tabs = listLinks((await servePage(page.request, tenant)).html, `${tenant}?tab=`);
  const parts = listLinks(
    (await servePage(page.request, `${tenant}?tab=roster`)).html,
    `${tenant}?tab=roster&part`,
  );
  expect(tabs.length).toBeGreaterThan(5);
  expect(parts.length).toBeGreaterThan(2);
  const still = listConsolePages().filter((each) => !each.includes("["));
  return [
    ...still,
    ...[tenant, ...tabs, ...parts, person],
    await first("/operators", new RegExp(`^/operators/${id}$`)),
    await uploadImport(page, tenant),
    await planOffboarding(page, person),
  ];
}

async function uploadImport(page: Page, tenant: string): Promise<string> {
  const query = new URLSearchParams({
    fileName: "weight.csv",
    mode: "merge",
    tenantId: tenant.split("/").at(-1) ?? "",
  });
  const answer = await page.request.post(`/api/imports?${query}`, {
    data: Buffer.from("userName\r\nsomebody@contoso.example\r\n"),
    headers: { "content-type": "text/csv", origin: new URL(page.url()).origin },
  });
  const { importId } = (await answer.json()) as { importId: string };
  return `/imports/${importId}`;
}

/** A change that nobody applies; it is deleted with the demo's data. */
async function planOffboarding(page: Page, person: string): Promise<string> {
  const [, , tenant = "", resource = ""] = person.split("/");
  await page.goto(`/changes/new/offboard?tenant=${tenant}&person=${resource}`);
  await page.getByRole("textbox", { name: "Reason" }).fill("Weighing the page of a change");
  await page.getByRole("button", { name: /^Plan to offboard/ }).click();
  await page.waitForURL(/\/changes\/[0-9a-f-]{36}/);
  return new URL(page.url()).pathname;
}
