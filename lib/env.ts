import { z } from "zod";

/**
 * The only reader of `process.env`. `.env.example` lists the same names; a test compares the two.
 * Secrets are never values here: they are in files under KEYS_DIR, in one folder per process.
 */
export const environmentSchema = z.object({
  /** Loopback tenants are reachable in every mode but production; `npm start` refuses any other mode. */
  ROLLCALL_MODE: z.enum(["production", "demo", "development", "test"]).default("production"),
  /** PostgreSQL, as the role of this process: rollcall_web, rollcall_worker or rollcall_sealer. */
  DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//, "must be a postgresql:// URL"),
  /** The folder that `npm run keys` made. */
  KEYS_DIR: z.string().min(1).default("keys"),
  /** Where browsers reach Rollcall: scheme, host and port. Actions from any other origin are refused. */
  APP_ORIGIN: z.url({ protocol: /^https?$/ }).default("http://localhost:3000"),
  /** Heads of the audit chain are appended here; keep it on another volume than the database. */
  AUDIT_ANCHOR_FILE: z.string().min(1).default("audit-anchors.ndjson"),
  /** Hosts that tenant URLs may name: comma-separated suffixes. */
  TENANT_HOST_SUFFIXES: z
    .string()
    .default("knowbe4.com")
    .transform((list) =>
      list
        .split(",")
        .map((suffix) => suffix.trim())
        .filter(Boolean),
    ),
  /** The number of tenants that one worker serves at the same time. */
  WORKER_TENANTS_MAX: z.coerce.number().int().min(1).max(500).default(500),
  LOG_LEVEL: z.enum(["silent", "error", "warn", "info", "debug"]).default("info"),
});

export type Environment = z.infer<typeof environmentSchema>;

const names = Object.keys(environmentSchema.shape);
let read: { values: string; environment: Environment } | undefined;

/**
 * The environment, checked once for the same values: the tests of one process have different databases. Lazy, because
 * `next build` imports modules where no database is.
 * @throws Error that names every variable that is missing or wrong, not only the first.
 */
export function env(): Environment {
  const values = JSON.stringify(names.map((name) => process.env[name]));
  if (read?.values !== values) read = { values, environment: parseEnvironment(process.env) };
  return read.environment;
}

export function parseEnvironment(source: Record<string, string | undefined>): Environment {
  // An empty value in a .env file means "not set", as a shell user expects.
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
  const result = environmentSchema.safeParse(given);
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) => `  ${issue.path.join(".")}: ${issue.message}`);
  throw new Error(
    `Some environment variables are missing or invalid. Nothing was started. Set these and start again:\n${problems.join("\n")}`,
  );
}

/** Whether servers on this machine (a simulator, a test server) may be connected as tenants. */
export function isLoopbackAllowed(): boolean {
  return env().ROLLCALL_MODE !== "production";
}

/** Read separately, because the log opens before the environment is checked. */
export function logLevel(): string {
  return process.env.LOG_LEVEL || "info";
}
