/**
 * Reads one of our own routes.
 * @throws Error with a message for people: the route's own where it gave one.
 */
export async function fetchJson<T>(path: string, signal: AbortSignal): Promise<T> {
  const response = await fetch(path, { signal, headers: { accept: "application/json" } }).catch(
    (error: unknown) => {
      if (signal.aborted) throw error;
      throw new Error("Rollcall did not answer.");
    },
  );
  const body: unknown = await response.json().catch(() => null);
  if (response.ok && body !== null) return body as T;
  throw new Error(readMessage(body) ?? `Rollcall answered with status ${response.status}.`);
}

function readMessage(body: unknown): string | null {
  const message: unknown = body && typeof body === "object" && "message" in body ? body.message : null;
  return typeof message === "string" ? message : null;
}
