import { gzipSync } from "node:zlib";
import { withPageServers } from "@/bench/page-server";
import { type Row, toDurationRow } from "@/bench/report";
import type { Stack } from "@/bench/stack";

/** The weight limit of a page of 100 rows (docs/decisions/0035-plain-rows.md). */
const KILOBYTES_MOST = 250;

/** The HTML of a page of 100 people, beside its limit. */
export async function measurePageWeight(stack: Stack): Promise<Row[]> {
  return withPageServers(stack, [{ tenants: 20, people: 10_000, events: 0 }], async ([server]) => {
    if (!server) throw new Error("There is no server to load the page from");
    const { html } = await server.load("/people");
    const rows = html.split('role="row"').length - 2;
    if (rows !== 100) throw new Error(`The page has ${rows} rows, and 100 are weighed`);
    const value = Buffer.byteLength(html) / 1_000;
    const gzip = (gzipSync(html).byteLength / 1_000).toFixed(1);
    const basis = `100 people; ${gzip} KB compressed`;
    return [toDurationRow({ name: "page.weight", value, unit: "KB", reference: KILOBYTES_MOST, basis })];
  });
}
