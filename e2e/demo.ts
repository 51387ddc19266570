import fs from "node:fs";
import os from "node:os";
import path from "node:path";

/** The port and folder of the demo under test. Not the usual port, so that a running demo is not touched. */
export const PORT = 3477;
export const ORIGIN = `http://localhost:${PORT}`;
export const DATA_FOLDER = path.join(os.tmpdir(), "rollcall-e2e");

export type Role = "owner" | "technician" | "auditor";
export type Credentials = { email: string; role: Role; password: string };

/** The operators who can sign in, as the demo printed them. */
export function credentialsOf(role: Role): Credentials {
  const operators = readJson("demo-operators.json") as Credentials[];
  const found = operators.find((operator) => operator.role === role);
  if (!found) throw new Error(`The demo made no ${role}`);
  return found;
}

/** All log output of the demo's processes so far. */
export function readLogs(): string {
  const folder = path.join(DATA_FOLDER, "logs");
  return fs
    .readdirSync(folder)
    .map((name) => fs.readFileSync(path.join(folder, name), "utf8"))
    .join("\n");
}

export type SimulatedTenant = { slug: string; tenantUrl: string; token: string };

/** Calls the simulator's control API, as a person at the KnowBe4 console would act. */
export async function control<T>(method: string, route: string, body?: unknown): Promise<T> {
  const { simulatorPort } = readJson("demo.json") as { simulatorPort: number };
  const response = await fetch(`http://127.0.0.1:${simulatorPort}/_control${route}`, {
    method,
    ...(body === undefined
      ? {}
      : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
  });
  if (!response.ok) throw new Error(`The simulator answered ${response.status} to ${method} ${route}`);
  return (await response.json()) as T;
}

function readJson(name: string): unknown {
  return JSON.parse(fs.readFileSync(path.join(DATA_FOLDER, name), "utf8"));
}
