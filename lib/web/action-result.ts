/** What every server action answers. Refusals are values, so that a form can show them where they belong. */
export type ActionResult<T> = ActionDone<T> | ActionRefused;

type ActionDone<T> = { ok: true; data: T };

/**
 * `message`: cause, effect, next step. `fields`: messages by the form field they are about. `help`: a page of ours that
 * takes the obstacle away; forms open it in a new tab, so that what was typed stays.
 */
export type ActionRefused = {
  ok: false;
  message: string;
  fields: Record<string, string>;
  help?: { label: string; href: string };
};
