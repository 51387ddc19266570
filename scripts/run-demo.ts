import fs from "node:fs/promises";
import path from "node:path";
import { childEnvironment } from "./child-environment";
import { startProcess } from "./child-process";
import { type DemoFolder, openDemoFolder } from "./demo-folder";
import { type DemoOperators, ensureDemoOperators } from "./demo-operators";
import { type DemoOptions, parseDemoOptions } from "./demo-options";
import { startEmbeddedPostgres } from "./postgres/embedded-postgres";
import { issueSetupCode } from "./postgres/issue-setup-code";
import { LaunchError } from "./process/launch-error";
import { makeKeys } from "./make-keys";
import { migrateDatabase } from "./postgres/migrate-database";
import { isPortFree } from "./process/ports";
import { projectRoot } from "./process/project-root";
import { type ServingSetup, startSealer, startWeb, startWorker } from "./serving-processes";
import { type Supervisor, supervise } from "./supervisor";
import { waitUntilReady } from "./wait-until-ready";
import { ensureBuild } from "./web-build";

const HOST = "127.0.0.1";

/**
 * Everything on one machine: database, simulated KnowBe4, worker, sealer, web. Returns after Ctrl-C, when all of it has
 * stopped.
 * @param web "start" serves a build, made first if missing or stale; "dev" compiles on demand
 * @throws LaunchError
 */
export async function runDemo(web: "start" | "dev"): Promise<void> {
  const options = parseDemoOptions(process.argv.slice(2));
  if (!(await isPortFree(options.port, HOST))) {
    throw new LaunchError(
      `Port ${options.port} is taken, so nothing was started. Stop what uses it, or choose another one: ` +
        `npm run demo -- --port ${options.port + 1}`,
    );
  }
  const folder = await openDemoFolder(options.data, options);
  try {
    await supervise((supervisor) => startDemo(supervisor, { web, options, folder }), print);
  } finally {
    await folder.release();
  }
  print("Stopped. Start again with the same command; everything is kept.");
}

interface Demo {
  web: "start" | "dev";
  options: DemoOptions;
  folder: DemoFolder;
}

async function startDemo(supervisor: Supervisor, { web, options, folder }: Demo): Promise<void> {
  const { port } = options;
  const origin = `http://localhost:${port}`;
  await makeKeys(folder.keys);
  const ownerUrl = await startDatabase(supervisor, folder);
  const applied = await migrateDatabase(ownerUrl, folder.keys);
  // A new database holds none of an older one's operators.
  if (applied.some((name) => name.startsWith("0001_"))) await fs.rm(folder.operators, { force: true });
  const simulatorUrl = await startSimulator(supervisor, folder);
  if (web === "start") await ensureBuild(supervisor, print);

  const setup = demoSetup(ownerUrl, origin, { web, folder });
  print("Starting worker, sealer and web");
  await startWorker(supervisor, setup);
  await startSealer(supervisor, setup);
  const file = folder.operators;
  const operators = await ensureDemoOperators(supervisor, setup, {
    file,
    simulatorUrl,
    issueSetupCode: () => issueSetupCode(ownerUrl),
    onProgress: print,
  });
  await startWeb(supervisor, setup, { mode: web, host: HOST, port });
  await waitUntilReady(`http://${HOST}:${port}/api/ready`, supervisor.signal);
  announce(origin, operators);
}

async function startDatabase(supervisor: Supervisor, folder: DemoFolder): Promise<string> {
  print("Starting the database");
  const database = await startEmbeddedPostgres({
    dataDir: folder.postgres,
    takeOver: true,
    logFile: path.join(folder.logs, "postgres.log"),
    onProgress: print,
    onDeath: (lastLines) => supervisor.fail("database", lastLines),
  });
  await supervisor.add({ name: "database", stop: () => database.stop("fast") });
  return database.ownerUrl;
}

async function startSimulator(supervisor: Supervisor, folder: DemoFolder): Promise<string> {
  const url = `http://${HOST}:${folder.simulatorPort}`;
  const program = path.join(projectRoot, "simulator", "main.ts");
  const data = ["--port", String(folder.simulatorPort), "--seed", "demo", "--data", folder.simulator];
  print("Starting the simulated KnowBe4");
  await startProcess(supervisor, {
    name: "simulator",
    args: ["--import", "tsx", program, ...data],
    // No key and no database: it is the other side of the connection.
    env: childEnvironment({ ROLLCALL_MODE: "demo" }),
    logFile: path.join(folder.logs, "simulator.log"),
  });
  await waitUntilReady(`${url}/_control/health`, supervisor.signal);
  return url;
}

function demoSetup(
  databaseUrl: string,
  origin: string,
  { web, folder }: Pick<Demo, "web" | "folder">,
): ServingSetup {
  // The page's content policy allows live reloading only in "development".
  const ROLLCALL_MODE = web === "dev" ? "development" : "demo";
  const variables = { ROLLCALL_MODE, AUDIT_ANCHOR_FILE: folder.anchors };
  return { databaseUrl, origin, keysDir: folder.keys, logsDir: folder.logs, variables };
}

function announce(origin: string, operators: DemoOperators): void {
  const width = (field: "role" | "email") => Math.max(...operators.map((operator) => operator[field].length));
  print(`Rollcall is ready at ${origin}`);
  for (const { role, email, password } of operators)
    print(`  ${role.padEnd(width("role"))}  ${email.padEnd(width("email"))}  ${password}`);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
