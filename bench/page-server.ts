import pg from "pg";
import { type Filling, fillDatabase } from "@/bench/page-fill";
import { createServices, type SignedInWeb, startSignedInWeb } from "@/bench/signed-in-web";
import type { Stack } from "@/bench/stack";
import { migrateDatabase } from "@/scripts/postgres/migrate-database";
import { roleUrl } from "@/scripts/postgres/role-url";
import type { Supervisor } from "@/scripts/supervisor";

/** A page as a browser receives it: the whole document, and the time to its last byte. */
export type LoadedPage = { tookMs: number; html: string };

/** The built app on a database of its own, with an owner signed in. */
export type PageServer = {
  /** @throws Error if the answer is not a page */
  load(path: string): Promise<LoadedPage>;
};

/**
 * Serves the built app (`next start`, built first if the build is stale) for each filling, each with a database of its
 * own in the stack's cluster. Passes the servers to `work` in the same order, then stops and drops everything.
 */
export async function withPageServers<T>(
  { database, logsDir }: Pick<Stack, "database" | "logsDir">,
  fillings: readonly Filling[],
  work: (servers: PageServer[]) => Promise<T>,
): Promise<T> {
  const { supervisor, failed, stop } = createServices();
  try {
    const servers: PageServer[] = [];
    for (const [index, filling] of fillings.entries()) {
      const name = `pages_${index}`;
      await supervisor.add({
        name,
        stop: () => asOwner(database.ownerUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
      });
      servers.push(
        await Promise.race([servePages(supervisor, { database, logsDir, name, filling }), failed]),
      );
    }
    return await Promise.race([work(servers), failed]);
  } finally {
    await stop();
  }
}

type Serving = Pick<Stack, "database" | "logsDir"> & { name: string; filling: Filling };

async function servePages(
  supervisor: Supervisor,
  { database, logsDir, name, filling }: Serving,
): Promise<PageServer> {
  const { keysDir } = database;
  await asOwner(database.ownerUrl, `CREATE DATABASE ${name}`);
  const url = new URL(database.ownerUrl);
  url.pathname = `/${name}`;
  const ownerUrl = url.href;
  await migrateDatabase(ownerUrl, keysDir);
  await fillDatabase(ownerUrl, filling);
  const webUrl = roleUrl(ownerUrl, "web", keysDir);
  const web = await startSignedInWeb(supervisor, {
    database: { ...database, name, ownerUrl, webUrl },
    logsDir,
  });
  return { load: (target) => load(web, target) };
}

async function load({ origin, cookie }: SignedInWeb, target: string): Promise<LoadedPage> {
  const startedMs = performance.now();
  const response = await fetch(`${origin}${target}`, {
    headers: { cookie, accept: "text/html" },
    redirect: "manual",
  });
  const html = await response.text();
  const tookMs = performance.now() - startedMs;
  if (response.status !== 200 || !html.includes("</html>"))
    throw new Error(`${target} answered ${response.status}`);
  return { tookMs, html };
}

async function asOwner(ownerUrl: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
