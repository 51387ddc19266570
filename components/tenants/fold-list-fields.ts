import type { ActionResult } from "@/lib/web/action-result";

/**
 * Refusals of a list typed into one field name an item, as `domains.2`. The message belongs under that field; the first
 * one is kept.
 */
export function foldListFields<T>(result: ActionResult<T>): ActionResult<T> {
  if (result.ok) return result;
  const fields: Record<string, string> = {};
  for (const [path, message] of Object.entries(result.fields)) {
    const name = path.replace(/\.\d+$/, "");
    fields[name] ??= message;
  }
  return { ...result, fields };
}
