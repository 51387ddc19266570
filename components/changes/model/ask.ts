import type { ActionResult } from "@/lib/web/action-result";

/** What is said when nobody knows whether a deed was done. */
export const unanswered =
  "Rollcall did not answer, so it may have been done or not. Nothing on this page is lost. Look at the list of changes, then try again.";

/**
 * Calls a server action and turns a server that cannot be reached into a refusal like any other, so that a form
 * keeps what was typed instead of giving way to an error page.
 */
export async function ask<T>(calling: () => Promise<ActionResult<T>>): Promise<ActionResult<T>> {
  try {
    return await calling();
  } catch {
    return { ok: false, message: unanswered, fields: {} };
  }
}
