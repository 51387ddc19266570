import { unstable_isUnrecognizedActionError, unstable_rethrow } from "next/navigation";
import type { Answer, Outcome, Refusal, RefusalCause } from "@/components/ui/actions/outcome";

const messages: Record<Exclude<RefusalCause, "refused">, string> = {
  outdated:
    "Rollcall was updated while this page was open. Nothing was changed. Reload to get the new version; your text is kept.",
  offline:
    "This browser is offline, so Rollcall was not reached. What you typed stays here. Try again once you are online.",
  silent:
    "Rollcall did not answer, so it may have been done or not. What you typed stays here. Check whether it was done, then try again.",
};

/**
 * Calls a server action and turns every way of getting no answer into a refusal. Only the server's own yes is a yes.
 * redirect() and notFound() go on to Next as they are.
 * @param silentMessage says where to check whether it was done, in place of the general message
 */
export async function callAction<T>(
  calling: () => Promise<Outcome<T>>,
  silentMessage?: string,
): Promise<Answer<T>> {
  const wasOffline = isOffline();
  try {
    const outcome: unknown = await calling();
    return isOutcome<T>(outcome) ? toAnswer(outcome) : unanswered("silent", silentMessage);
  } catch (error) {
    if (unstable_isUnrecognizedActionError(error)) return unanswered("outdated");
    unstable_rethrow(error);
    return wasOffline && isOffline() ? unanswered("offline") : unanswered("silent", silentMessage);
  }
}

function toAnswer<T>(outcome: Outcome<T>): Answer<T> {
  return outcome.ok ? outcome : { ...outcome, cause: "refused" };
}

function unanswered(cause: Exclude<RefusalCause, "refused">, message = messages[cause]): Refusal {
  return { ok: false, cause, message, fields: {} };
}

/** Next gives `undefined` where an answer holds no result. */
function isOutcome<T>(given: unknown): given is Outcome<T> {
  return typeof given === "object" && given !== null && "ok" in given && typeof given.ok === "boolean";
}

function isOffline(): boolean {
  return typeof navigator !== "undefined" && navigator.onLine === false;
}
