import { loadSealerKeys, loadWebKeys, loadWorkerKeys } from "@/lib/crypto/key-files";
import { issueSetupCode } from "./postgres/issue-setup-code";
import { migrateDatabase } from "./postgres/migrate-database";
import { isPortFree } from "./process/ports";
import { readProductionSettings } from "./production-settings";
import { startSealer, startWeb, startWorker } from "./serving-processes";
import { supervise } from "./supervisor";
import { waitUntilReady } from "./wait-until-ready";
import { requireBuild } from "./web-build";
import { LaunchError } from "./process/launch-error";

/**
 * Checks everything that can be checked, migrates, serves, and returns when all of it has stopped.
 * @throws LaunchError or KeyFileError before anything was started or migrated
 */
export async function runProduction(): Promise<void> {
  const settings = readProductionSettings(process.env);
  const { setup, host, port } = settings;
  loadWebKeys(setup.keysDir);
  loadWorkerKeys(setup.keysDir);
  loadSealerKeys(setup.keysDir);
  await requireBuild();
  if (!(await isPortFree(port, host)))
    throw new LaunchError(
      `Port ${port} of ${host} is taken, so nothing was started. Stop what uses it, or set PORT.`,
    );

  await supervise(async (supervisor) => {
    for (const name of await migrateDatabase(setup.databaseUrl, setup.keysDir))
      print(`Applied migration ${name}`);
    const setupCode = await issueSetupCode(setup.databaseUrl);
    await startWorker(supervisor, setup);
    await startSealer(supervisor, setup);
    await startWeb(supervisor, setup, { mode: "start", host, port });
    await waitUntilReady(
      `http://${host.includes(":") ? `[${host}]` : host}:${port}/api/ready`,
      supervisor.signal,
    );
    print(`Rollcall is ready at ${setup.origin}`);
    if (setupCode !== null)
      print(
        `Nobody can sign in yet. Create the first owner at ${setup.origin}/setup with the code ${setupCode}\n` +
          "The code is valid once, until the next start, and is kept nowhere.",
      );
  }, print);
}

/**
 * One worker beside those that already run. Its DATABASE_URL may name any user: the worker's role replaces it.
 * @throws LaunchError or KeyFileError before anything was started
 */
export async function runWorker(): Promise<void> {
  const { setup } = readProductionSettings(process.env, "worker");
  loadWorkerKeys(setup.keysDir);
  await supervise((supervisor) => startWorker(supervisor, setup), print);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
