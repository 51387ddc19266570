import path from "node:path";
import { z } from "zod";
import { LaunchError } from "./process/launch-error";
import type { ServingSetup } from "./serving-processes";

const settingsSchema = z.object({
  ROLLCALL_MODE: z.literal(
    "production",
    "must be production or unset here; to try Rollcall out, use `npm run demo`",
  ),
  DATABASE_URL: z
    .string("is not set; it is the postgresql:// URL of the role that owns the schema")
    .regex(/^postgres(ql)?:\/\//, "must be a postgresql:// URL"),
  KEYS_DIR: z.string(),
  APP_ORIGIN: z
    .string(
      "is not set; it is the scheme and host that browsers reach Rollcall at, such as https://rollcall.example.com",
    )
    .refine(isOrigin, "must be a scheme and host without a path, such as https://rollcall.example.com")
    .refine(isPrivate, "must begin with https://: over http a session can be read on the way"),
  HOST: z.string(),
  PORT: z.coerce.number("must be a port from 1 to 65535").int().min(1).max(65_535),
});

/** The settings of `npm start` and `npm run worker` from their environment. */
export interface ProductionSettings {
  setup: ServingSetup;
  host: string;
  port: number;
}

/**
 * @param source process.env; an empty variable counts as not set
 * @param program a worker on a machine of its own serves no browser and needs no origin
 * @throws LaunchError that names every variable that is missing or wrong
 */
export function readProductionSettings(
  source: Record<string, string | undefined>,
  program: "start" | "worker" = "start",
): ProductionSettings {
  const result = settingsSchema.safeParse({
    ROLLCALL_MODE: source.ROLLCALL_MODE || "production",
    DATABASE_URL: source.DATABASE_URL || undefined,
    KEYS_DIR: source.KEYS_DIR || "keys",
    APP_ORIGIN: source.APP_ORIGIN || (program === "worker" ? "http://localhost" : undefined),
    HOST: source.HOST || "127.0.0.1",
    PORT: source.PORT || "3000",
  });
  if (!result.success) {
    const problems = result.error.issues.map(({ path: [name], message }) => `  ${String(name)} ${message}`);
    throw new LaunchError(
      `Some environment variables are missing or invalid, so nothing was started:\n${problems.join("\n")}`,
    );
  }
  const {
    ROLLCALL_MODE,
    DATABASE_URL: databaseUrl,
    KEYS_DIR,
    APP_ORIGIN: origin,
    HOST: host,
    PORT: port,
  } = result.data;
  const keysDir = path.resolve(KEYS_DIR);
  return { setup: { databaseUrl, keysDir, origin, variables: { ROLLCALL_MODE } }, host, port };
}

function isOrigin(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) && new URL(text).origin === text;
}

/** Plain HTTP stays on this machine. */
function isPrivate(text: string): boolean {
  if (!URL.canParse(text)) return true;
  const { protocol, hostname } = new URL(text);
  return protocol === "https:" || ["localhost", "127.0.0.1", "[::1]"].includes(hostname);
}
