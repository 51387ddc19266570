import type { Filling } from "@/bench/page-fill";
import { type PageServer, withPageServers } from "@/bench/page-server";
import { type Row, toDurationRow } from "@/bench/report";
import type { Stack } from "@/bench/stack";
import { percentile } from "@/bench/statistics";

/** Loads of each page, of the small and the large database alternately. The first ones are not counted. */
const LOADS = 60;
const WARM_UP = 10;

const nothing: Filling = { tenants: 20, people: 0, events: 0 };
const EVENTS = 1_000_000;

/** Search terms, from one that matches one person to one that matches every seventh. */
const SEARCHES = [
  "Annabel Adberg",
  "dorsen michel",
  "Cal",
  "eldakim",
  "annabel.adberg",
  "Compliance Officer",
  "officer compl",
  "E5005",
  "emp-7001",
  "Nurse Joda",
  "no one of this name",
  "an",
];
const FILTERS = [
  "state=archived",
  "group=Repeat+clickers",
  "group=Finance",
  "state=archived&q=Cal",
  "group=Legal&q=Bel",
];

/** A list of people: its first page, the next pages, a search and its filters, of a million people beside 10,000. */
export function measurePeoplePages(stack: Stack): Promise<Row[]> {
  const sizes = {
    small: { ...nothing, people: 10_000 },
    large: { ...nothing, tenants: 500, people: 1_000_000 },
  };
  const basis = "1,000,000 people in 500 tenants beside 10,000 in 20";
  return comparePages(stack, { sizes, basis }, [
    { name: "page.people.first", path: () => "/people" },
    { name: "page.people.deep", path: (_index, before) => findNext(before, "people") ?? "/people" },
    {
      name: "page.people.search",
      path: (index) => `/people?${new URLSearchParams({ q: pick(SEARCHES, index) })}`,
    },
    { name: "page.people.filtered", path: (index) => `/people?${pick(FILTERS, index)}` },
  ]);
}

/** The list of tenants, of 2,000 beside 20. */
export function measureTenantPages(stack: Stack): Promise<Row[]> {
  const sizes = {
    small: { ...nothing, people: 2_000 },
    large: { ...nothing, tenants: 2_000, people: 20_000 },
  };
  return comparePages(stack, { sizes, basis: "2,000 tenants beside 20" }, [
    { name: "page.tenants", path: () => "/tenants" },
  ]);
}

/** The audit log: its newest events, a search and its filters. */
export function measureAuditPages(stack: Stack): Promise<Row[]> {
  const sizes = { small: { ...nothing, events: 10_000 }, large: { ...nothing, events: EVENTS } };
  const basis = `${EVENTS.toLocaleString("en-GB")} events beside 10,000`;
  const filters = [
    "action=directory.read",
    "actorId=worker&action=operation.failed",
    "from=2026-02-01&to=2026-02-03",
  ];
  return comparePages(stack, { sizes, basis }, [
    { name: "page.audit.first", path: () => "/audit" },
    {
      name: "page.audit.search",
      path: (index) => `/audit?text=${pick(["annabel", "timeout", "nobody.at.all"], index)}`,
    },
    { name: "page.audit.filtered", path: (index) => `/audit?${pick(filters, index)}` },
  ]);
}

type Page = {
  name: string;
  /** The address of one load; `before` is the page that the previous load returned. */
  path: (index: number, before: string) => string;
};

type Sizes = { sizes: { small: Filling; large: Filling }; basis: string };

async function comparePages(stack: Stack, { sizes, basis }: Sizes, pages: readonly Page[]): Promise<Row[]> {
  return withPageServers(stack, [sizes.small, sizes.large], async (servers) => {
    const rows: Row[] = [];
    for (const { name, path } of pages) {
      const [small = [], large = []] = await loadInTurns(servers, path);
      rows.push(
        toDurationRow({
          name,
          value: percentile(large, 95),
          unit: "ms",
          reference: percentile(small, 95),
          basis: `p95 of ${LOADS} loads, ${basis}`,
        }),
      );
    }
    return rows;
  });
}

/** @returns the duration of each counted load, by server */
async function loadInTurns(servers: readonly PageServer[], path: Page["path"]): Promise<number[][]> {
  const before = servers.map(() => "");
  const tookMs: number[][] = servers.map(() => []);
  for (let index = 0; index < WARM_UP + LOADS; index += 1) {
    for (const [place, server] of servers.entries()) {
      const page = await server.load(path(index, before[place] ?? ""));
      before[place] = page.html;
      if (index >= WARM_UP) tookMs[place]?.push(page.tookMs);
    }
  }
  return tookMs;
}

/** The address of the page's "Next page" link. */
function findNext(html: string, list: string): string | undefined {
  return new RegExp(`href="(/${list}\\?[^"]*after=[^"]*)"`).exec(html)?.[1]?.replaceAll("&amp;", "&");
}

function pick(choices: readonly string[], index: number): string {
  return choices[index % choices.length] ?? "";
}
