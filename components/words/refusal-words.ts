import type { RefusalWords } from "@/lib/errors";

/** What a button that is off says: the cause and the way out. That nothing was done goes without saying. */
export function toOffWords(refusal: RefusalWords | null): string | null {
  return refusal && `${refusal.cause} ${refusal.next}`;
}
