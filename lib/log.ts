import pino, { type DestinationStream } from "pino";
import { logLevel } from "@/lib/env";

/**
 * The fields that may be logged, by name. A list of forbidden fields would miss the next secret. All other fields are
 * dropped, so a careless `log.info({ ...row })` prints ids and counts only.
 */
const ALLOWED = new Set([
  "process",
  "worker",
  "requestId",
  "operatorId",
  "tenantId",
  "changeId",
  "runId",
  "operationId",
  "readId",
  "job",
  "action",
  "state",
  "reason",
  "status",
  "count",
  "users",
  "groups",
  "added",
  "changed",
  "removed",
  "durationMs",
  "epoch",
  "attempt",
  "port",
  "code",
  "name",
]);

/** Errors print their name, code and stack frames; a message may quote a row or an answer of a tenant, so it is left out. */
function toSafeError(error: unknown) {
  if (!(error instanceof Error)) return { name: typeof error };
  const code = "code" in error ? String(error.code) : undefined;
  const frames = error.stack
    ?.split("\n")
    .filter((line) => line.startsWith("    at "))
    .slice(0, 12);
  return { name: error.name, code, frames };
}

export function createLog(destination?: DestinationStream) {
  return pino(
    {
      level: logLevel(),
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }), log: toAllowed },
      // pino's own serializer of `err` would print the message.
      serializers: { err: (value: unknown) => value },
    },
    destination ?? pino.destination(1),
  );
}

function toAllowed(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([key, value]) => {
      if (key === "err") return [[key, toSafeError(value)]];
      return ALLOWED.has(key) ? [[key, value]] : [];
    }),
  );
}

export const log = createLog();
