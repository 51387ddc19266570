import type { Stack } from "@/bench/stack";
import { freePort } from "@/scripts/process/ports";
import { startWeb } from "@/scripts/serving-processes";
import type { Service, Supervisor } from "@/scripts/supervisor";
import { waitUntilReady } from "@/scripts/wait-until-ready";
import { ensureBuild } from "@/scripts/web-build";
import { makeOperator, operatorPassword } from "@/test/scope";

/** Where the built app is served, and the cookie of an owner who is signed in there. */
export type SignedInWeb = { origin: string; cookie: string };

/** Serves the built app (`next start`, built first where the build is stale) and signs a new owner in. */
export async function startSignedInWeb(
  supervisor: Supervisor,
  { database, logsDir }: Pick<Stack, "database" | "logsDir">,
): Promise<SignedInWeb> {
  await ensureBuild(supervisor, (message) => process.stderr.write(`${message}\n`));
  const { operator } = await makeOperator(database, "owner");
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const variables = { ROLLCALL_MODE: "test", LOG_LEVEL: "error" };
  const setup = { databaseUrl: database.ownerUrl, keysDir: database.keysDir, origin, variables, logsDir };
  await startWeb(supervisor, setup, { mode: "start", host: "127.0.0.1", port });
  await waitUntilReady(`${origin}/api/ready`, supervisor.signal);
  return { origin, cookie: await signIn(origin, operator.email) };
}

/** Signs in as the form does. @returns the cookies of a browser afterwards */
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

/** What was started is stopped, the last first; whoever dies in between fails the measurement. */
export function createServices() {
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
