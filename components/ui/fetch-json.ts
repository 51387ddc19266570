import { reportLost, reportReached } from "@/components/ui/reach";

/** A database that hangs lets a request hang: it counts as lost after this long. */
const patienceMs = 10_000;

/** The request or its answer was lost, or the server could not work on it. */
export class LostAnswerError extends Error {
  override name = "LostAnswerError";
}

/**
 * Requests one of our own routes, and reports whether Rollcall was reached. Only reads have a time limit: an upload
 * takes as long as it takes.
 * @throws Error with a message for people: the route's own if it gave one; LostAnswerError if there was no answer, or
 *   one that says the server cannot work now.
 */
export async function fetchJson<T>(path: string, init: RequestInit): Promise<T> {
  const { signal: given, method = "GET" } = init;
  const signal = method === "GET" ? withPatience(given) : given;
  const headers = { accept: "application/json", ...init.headers };
  const lost = (message: string, cause: unknown) => {
    if (given?.aborted) throw cause;
    reportLost();
    throw new LostAnswerError(message, { cause });
  };
  const response = await fetch(path, { ...init, headers, signal: signal ?? null }).catch((cause: unknown) =>
    lost("Rollcall did not answer.", cause),
  );
  const body: unknown = await response.json().catch(() => null);
  const message = readMessage(body) ?? `Rollcall answered with status ${response.status}.`;
  if (response.status >= 500) return lost(message, null);
  reportReached();
  if (response.ok && body !== null) return body as T;
  throw new Error(message);
}

function withPatience(given: AbortSignal | null | undefined): AbortSignal {
  const patience = AbortSignal.timeout(patienceMs);
  return given ? AbortSignal.any([given, patience]) : patience;
}

function readMessage(body: unknown): string | null {
  const message: unknown = body && typeof body === "object" && "message" in body ? body.message : null;
  return typeof message === "string" ? message : null;
}
