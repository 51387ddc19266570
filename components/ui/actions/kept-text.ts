/*
 * Text that was typed and not sent, kept in the tab's own storage from the moment a page goes until the same form is
 * there again: over a reload after an update, and over a sign-in when the session had ended. It never leaves the
 * browser, is given back once, and what is secret is never put in (see fields/is-secret.ts).
 */

const prefix = "kept-text:";

/** Long enough for a reload or a sign-in; short enough that nobody is surprised by it. */
export const keptForMs = 30 * 60_000;

/** Of one form, as JSON. What is longer is not kept: storage is some megabytes for all of them. */
export const keptCharsMax = 200_000;

type Kept = { at: number; owner: string; value: unknown };

/** Whose text it is, under which name, and when. */
export type KeptUnder = { key: string; owner: string; nowMs: number };

/** @param value anything JSON can hold */
export function keepText(storage: Storage, { key, owner, nowMs }: KeptUnder, value: unknown): void {
  const text = JSON.stringify({ at: nowMs, owner, value } satisfies Kept);
  if (text.length > keptCharsMax) return;
  try {
    storage.setItem(prefix + key, text);
  } catch {
    // The storage is full or forbidden: the text is lost with the page, as it would be without this.
  }
}

/** What was kept, if it is the same operator's and not old; null otherwise. Gone from the storage either way. */
export function takeKeptText(storage: Storage, { key, owner, nowMs }: KeptUnder): unknown {
  const kept = read(storage, prefix + key);
  storage.removeItem(prefix + key);
  if (!kept || kept.owner !== owner || nowMs - kept.at > keptForMs) return null;
  return kept.value;
}

/** Removes what is old or another operator's; everything where no owner is given. */
export function forgetKeptText(storage: Storage, nowMs: number, owner?: string): void {
  for (const name of Object.keys(storage).filter((each) => each.startsWith(prefix))) {
    const kept = read(storage, name);
    if (!kept || kept.owner !== owner || nowMs - kept.at > keptForMs) storage.removeItem(name);
  }
}

function read(storage: Storage, name: string): Kept | null {
  try {
    return JSON.parse(storage.getItem(name) ?? "null") as Kept | null;
  } catch {
    return null;
  }
}
