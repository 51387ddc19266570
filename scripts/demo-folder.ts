import fs from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { removeEmbeddedPostgres } from "./postgres/embedded-postgres";
import { LaunchError } from "./process/launch-error";
import { freePort, isPortFree } from "./process/ports";
import { isProcessAlive } from "./process/process-alive";

const markerSchema = z.object({ rollcall: z.literal("demo"), simulatorPort: z.int().positive() });

/** Where a demo keeps each thing; all paths are absolute. */
export interface DemoFolder {
  keys: string;
  postgres: string;
  logs: string;
  simulator: string;
  operators: string;
  anchors: string;
  /** The simulator's port: the URLs in the database name it, so it stays the same. */
  simulatorPort: number;
  /** Lets the next demo use the folder. */
  release(): Promise<void>;
}

/**
 * Opens or creates a demo's data folder and keeps other demos out of it.
 * @throws LaunchError when it is in use, or holds something that is not a demo's
 */
export async function openDemoFolder(data: string, { reset }: { reset: boolean }): Promise<DemoFolder> {
  const root = path.resolve(data);
  await refuseForeignFolder(root);
  await fs.mkdir(root, { recursive: true, mode: 0o711 });
  const release = await lockFolder(root);
  try {
    const contents = demoContents(root);
    if (reset) await deleteContents(root, contents);
    const simulatorPort = await rememberPort(path.join(root, "demo.json"));
    await fs.mkdir(contents.logs, { recursive: true, mode: 0o700 });
    return { ...contents, simulatorPort, release };
  } catch (error) {
    await release();
    throw error;
  }
}

function demoContents(root: string) {
  return {
    keys: path.join(root, "keys"),
    postgres: path.join(root, "postgres"),
    logs: path.join(root, "logs"),
    simulator: path.join(root, "simulator.json"),
    operators: path.join(root, "demo-operators.json"),
    anchors: path.join(root, "audit-anchors.ndjson"),
  };
}

/** A folder that is not empty must come from a demo: --reset deletes, and --data may be mistyped. */
async function refuseForeignFolder(root: string): Promise<void> {
  const names = await fs.readdir(root).catch((error: NodeJS.ErrnoException): string[] => {
    if (error.code === "ENOENT") return [];
    throw new LaunchError(
      `${root} cannot be used as the demo's folder (${error.message}). Choose another with --data.`,
    );
  });
  if (names.length === 0 || names.includes("demo.json") || names.every((name) => name === "demo.pid")) return;
  throw new LaunchError(
    `${root} is not empty and was not made by the demo, so nothing in it was changed. Choose another folder with --data.`,
  );
}

/** Deletes what a demo creates, name by name; anything else in the folder stays. */
async function deleteContents(root: string, contents: ReturnType<typeof demoContents>): Promise<void> {
  await removeEmbeddedPostgres(contents.postgres);
  for (const target of [...Object.values(contents), path.join(root, "demo.json")])
    await fs.rm(target, { recursive: true, force: true });
}

async function rememberPort(file: string): Promise<number> {
  const text = await fs.readFile(file, "utf8").catch(() => null);
  const port = text === null ? await freePort() : parseMarker(text, file).simulatorPort;
  if (text === null)
    await fs.writeFile(file, `${JSON.stringify({ rollcall: "demo", simulatorPort: port })}\n`);
  if (await isPortFree(port)) return port;
  throw new LaunchError(
    `Port ${port} is taken, but the demo's simulator needs it, because its tenants' URLs contain it. Nothing was started. ` +
      "Free the port, or start fresh with --reset.",
  );
}

function parseMarker(text: string, file: string): z.infer<typeof markerSchema> {
  try {
    return markerSchema.parse(JSON.parse(text));
  } catch {
    throw new LaunchError(
      `${file} is damaged, so the demo's ports are unknown. Delete the folder and start again.`,
    );
  }
}

async function lockFolder(root: string): Promise<() => Promise<void>> {
  const file = path.join(root, "demo.pid");
  const holder = Number(await fs.readFile(file, "utf8").catch(() => "0"));
  // In a restarted container process numbers start again, so this process or its parent may have the recorded one.
  const isSelf = holder === process.pid || holder === process.ppid;
  if (!isSelf && (await isProcessAlive(holder, /scripts.(demo|dev)\.ts/))) {
    throw new LaunchError(
      `The demo in ${root} is already running as process ${holder}. Nothing was started. ` +
        "Stop it, or choose another folder with --data and another port with --port.",
    );
  }
  await fs.rm(file, { force: true });
  await fs.writeFile(file, `${process.pid}\n`, { flag: "wx" }).catch(() => {
    throw new LaunchError(
      `Another demo is starting in ${root}, so nothing was started. Wait for it, or choose another folder with --data.`,
    );
  });
  return () => fs.rm(file, { force: true });
}
