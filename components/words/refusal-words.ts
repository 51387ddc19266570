import type { RefusalWords } from "@/lib/errors";

/** The text of a disabled button: the cause and the next step. The effect is obvious. */
export function toDisabledWords(refusal: RefusalWords | null): string | null {
  return refusal && `${refusal.cause} ${refusal.next}`;
}
