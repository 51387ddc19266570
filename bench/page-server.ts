import pg from "pg";
import { type Filling, fillDatabase } from "@/bench/page-fill";
import type { Stack } from "@/bench/stack";
import { migrateDatabase } from "@/scripts/postgres/migrate-database";
import { freePort } from "@/scripts/process/ports";
import { roleUrl } from "@/scripts/postgres/role-url";
import { startWeb } from "@/scripts/serving-processes";
import type { Service, Supervisor } from "@/scripts/supervisor";
import { waitUntilReady } from "@/scripts/wait-until-ready";
import { ensureBuild } from "@/scripts/web-build";
import { makeOperator, operatorPassword } from "@/test/scope";

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
    await ensureBuild(supervisor, (message) => process.stderr.write(`${message}\n`));
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
  const { operator } = await makeOperator(
    { ...database, name, ownerUrl, webUrl: roleUrl(ownerUrl, "web", keysDir) },
    "owner",
  );
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const variables = { ROLLCALL_MODE: "test", LOG_LEVEL: "error" };
  const setup = { databaseUrl: ownerUrl, keysDir, origin, variables, logsDir };
  await startWeb(supervisor, setup, { mode: "start", host: "127.0.0.1", port });
  await waitUntilReady(`${origin}/api/ready`, supervisor.signal);
  const cookie = await signIn(origin, operator.email);
  return { load: (target) => load(origin, target, cookie) };
}

async function load(origin: string, target: string, cookie: string): Promise<LoadedPage> {
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

/** Signs in as the form does. @returns the browser's cookies afterwards */
async function signIn(origin: string, email: string): Promise<string> {
  const asked = await fetch(`${origin}/api/auth/csrf`);
  const { csrfToken } = (await asked.json()) as { csrfToken: string };
  const answer = await fetch(`${origin}/api/auth/callback/credentials`, {
    method: "POST",
    redirect: "manual",
    headers: { origin, cookie: toCookie([asked]), "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ csrfToken, email, password: operatorPassword, json: "true" }),
  });
  const cookie = toCookie([asked, answer]);
  if (!cookie.includes("rollcall.session")) throw new Error(`Signing in answered ${answer.status}`);
  return cookie;
}

function toCookie(answers: readonly Response[]): string {
  return answers
    .flatMap(({ headers }) => headers.getSetCookie())
    .map((set) => set.split(";")[0])
    .join("; ");
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

/** Started servers are stopped, the last first; a server that dies earlier fails the measurement. */
function createServices() {
  const services: Service[] = [];
  const stopping = new AbortController();
  const { promise: failed, reject } = Promise.withResolvers<never>();
  failed.catch(() => undefined);
  const supervisor: Supervisor = {
    signal: stopping.signal,
    add: async (service) => void services.push(service),
    remove: (service) => void services.splice(services.indexOf(service), 1),
    fail: (name, lines) => reject(new Error(`The ${name} ended: ${lines}`)),
  };
  async function stop(): Promise<void> {
    stopping.abort();
    for (let last = services.pop(); last; last = services.pop()) await last.stop();
  }
  return { supervisor, failed, stop };
}
