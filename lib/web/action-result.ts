/** The result of every server action. Refusals are values, so that a form can show them in place. */
export type ActionResult<T> = ActionDone<T> | ActionRefused;

type ActionDone<T> = { ok: true; data: T };

/**
 * `message`: cause, effect, next step. `fields`: messages by form field. `help`: a page of ours that solves the
 * problem; forms open it in a new tab, so that typed values stay.
 */
export type ActionRefused = {
  ok: false;
  message: string;
  fields: Record<string, string>;
  help?: { label: string; href: string };
};
