import type { ActionResult } from "@/lib/web/action-result";

/**
 * Calls a server action and turns a server that cannot be reached into a refusal like any other, so that a form
 * keeps what was typed instead of giving way to an error page.
 */
export async function ask<T>(calling: () => Promise<ActionResult<T>>): Promise<ActionResult<T>> {
  try {
    return await calling();
  } catch {
    const message =
      "Rollcall did not answer. It may have been done or not. What you typed is kept: look at the list of changes, then try again.";
    return { ok: false, message, fields: {} };
  }
}
