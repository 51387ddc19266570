import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { programArguments } from "@/test/program-arguments";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** What POST /_control/tenants takes; PATCH /_control/tenants/:slug takes the same without slug and people. */
export interface SimulatorSettings {
  name: string;
  /** Made from the name by default. */
  slug?: string;
  /** If domains are named, syncs refuse all others, unless `domainsEnforced` is false. */
  domains?: string[];
  domainsEnforced?: boolean;
  /** Null = no limit, the default. */
  seats?: number | null;
  /** Addresses are unique over all tenants of one simulator; seeded people live at `slug`.example. */
  people?: number | "believable";
  /** The people are in the console and not in the mailbox: the next sync outside Test Mode archives them. */
  emptyMailbox?: boolean;
  testMode?: boolean;
  /** 0, the default = only forced syncs. */
  syncEverySeconds?: number;
  processingMs?: number;
  /** "console", the default: a write is read back only after its sync. */
  reads?: "console" | "mailbox";
  latencyMs?: number;
  /** 100 by default. */
  pageSizeMax?: number;
  conflictScimType?: boolean;
}

export interface SimulatorSync {
  id: string;
  status: "Pending" | "Processing" | "Completed" | "Skipped";
  testMode: boolean;
  forced: boolean;
  createdAt: string;
  startedAt: string | null;
  finishedAt: string | null;
  users: SyncCounts;
  groups: SyncCounts;
  memberships: SyncCounts;
  report: { level: "info" | "error"; code: string; subject: string; message: string }[];
}

interface SyncCounts {
  created: number;
  archived: number;
  restored: number;
  changed: number;
}

export interface Simulator {
  url: string;
  /** A new tenant; the settings are those of POST /_control/tenants. */
  createTenant(settings: SimulatorSettings): Promise<{ slug: string; tenantUrl: string; token: string }>;
  /** Any call of the control API; `route` is the part after /_control. @throws Error unless the answer is 2xx */
  control<T = unknown>(method: string, route: string, body?: unknown): Promise<T>;
  /** Waits for a running sync, then forces one: everything accepted before is then in the console. */
  forceSync(slug: string): Promise<SimulatorSync>;
  /** Ends the process, by its id, and waits for its exit. */
  close(): Promise<void>;
}

/**
 * A simulator in a process of its own, on a free port. `args` are those of simulator/main.ts.
 * @throws Error with its output, when it ends before it is ready
 */
export async function startSimulator(args: readonly string[] = []): Promise<Simulator> {
  const child = spawn(process.execPath, [...programArguments("simulator/main"), "--port", "0", ...args], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const exited = once(child, "exit");
  const url = await readUrl(child);
  async function control<T>(method: string, route: string, body?: unknown): Promise<T> {
    const response = await fetch(`${url}/_control${route}`, {
      method,
      ...(body === undefined
        ? {}
        : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${route} answered ${response.status}: ${text}`);
    return JSON.parse(text === "" ? "null" : text);
  }
  return {
    url,
    createTenant: (settings) => control("POST", "/tenants", settings),
    control,
    forceSync: (slug) => control("POST", `/tenants/${slug}/force-sync`),
    close: async () => {
      child.kill("SIGTERM");
      await exited;
    },
  };
}

async function readUrl(child: ChildProcessByStdio<null, Readable, Readable>): Promise<string> {
  let complaints = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    complaints += text;
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /^simulator ready (http:\S+)$/.exec(line)?.[1];
    if (url !== undefined) return url;
  }
  throw new Error(`The simulator ended before it was ready. ${complaints}`);
}
