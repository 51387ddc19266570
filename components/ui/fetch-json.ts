/** The request or its answer was lost. */
export class LostAnswerError extends Error {
  override name = "LostAnswerError";
}

/**
 * Requests one of our own routes.
 * @throws Error with a message for people: the route's own if it gave one, LostAnswerError if there was no answer.
 */
export async function fetchJson<T>(path: string, init: RequestInit): Promise<T> {
  const headers = { accept: "application/json", ...init.headers };
  const response = await fetch(path, { ...init, headers }).catch((cause: unknown) => {
    if (init.signal?.aborted) throw cause;
    throw new LostAnswerError("Rollcall did not answer.", { cause });
  });
  const body: unknown = await response.json().catch(() => null);
  if (response.ok && body !== null) return body as T;
  throw new Error(readMessage(body) ?? `Rollcall answered with status ${response.status}.`);
}

function readMessage(body: unknown): string | null {
  const message: unknown = body && typeof body === "object" && "message" in body ? body.message : null;
  return typeof message === "string" ? message : null;
}
