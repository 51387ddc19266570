import { setTimeout as delay } from "node:timers/promises";
import { LaunchError } from "./process/launch-error";

const READY_TIMEOUT_MS = 120_000;
const POLL_INTERVAL_MS = 200;

/**
 * Polls `url` until it answers 2xx.
 * @param signal ends the wait silently: something else has failed, or somebody pressed Ctrl-C
 * @throws LaunchError with the last answer when it does not in two minutes
 */
export async function waitUntilReady(url: string, signal: AbortSignal): Promise<void> {
  const deadline = Date.now() + READY_TIMEOUT_MS;
  let answer = "no answer";
  while (Date.now() < deadline) {
    answer = await ask(url, signal);
    if (answer === "ready") return;
    refuseWrongKey(answer);
    await delay(POLL_INTERVAL_MS, undefined, { signal });
  }
  throw new LaunchError(
    `${url} did not become ready in ${READY_TIMEOUT_MS / 1_000} s; the last answer was: ${answer}. ` +
      "Everything was stopped. See the logs for the reason.",
  );
}

/** A valid key of another installation will never match, so waiting is useless. */
function refuseWrongKey(answer: string): void {
  const key = /"reason":"wrong-key","key":"(\w+)"/.exec(answer)?.[1];
  if (!key) return;
  throw new LaunchError(
    `The ${key} key in KEYS_DIR is not this database's first key. Everything was stopped. ` +
      "Restore the first key files: with others, tokens cannot be opened and the audit log cannot be continued.",
  );
}

async function ask(url: string, signal: AbortSignal): Promise<string> {
  try {
    const response = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(10_000)]) });
    const body = await response.text();
    return response.ok ? "ready" : `${response.status} ${body.slice(0, 500)}`;
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return String(cause);
  }
}
