import type { ActionResult } from "@/lib/web/action-result";

/**
 * A list typed into one field is refused by item, as `domains.2`. The message belongs under that one field; the first
 * one stays.
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
