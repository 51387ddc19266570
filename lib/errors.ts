/** The class of a refusal; details go into the message, never into new codes. */
export type AppErrorCode =
  | "unauthenticated"
  | "forbidden"
  | "not-found"
  | "invalid"
  | "conflict"
  | "limited"
  | "unavailable";

/**
 * A refusal with a message for people. Expected outcomes are returned and bugs are thrown as they are; this is for
 * requests that were understood and refused.
 * @param message cause, effect, next step. It is shown, so it must not name anything that the reader may not see.
 * @param fields messages by form field, when one field is to blame.
 */
export class AppError extends Error {
  readonly code: AppErrorCode;
  readonly fields: Record<string, string>;

  constructor(code: AppErrorCode, message: string, fields: Record<string, string> = {}) {
    super(message);
    this.name = "AppError";
    this.code = code;
    this.fields = fields;
  }
}

/** Why something is refused, in whole sentences. A disabled button shows only the cause and the next step. */
export type RefusalWords = { cause: string; effect: string; next: string; code?: AppErrorCode };

/**
 * Throws a refusal, if there is one.
 * @throws AppError with its words, "conflict" unless it names another code.
 */
export function refuse(refusal: RefusalWords | null): void {
  if (!refusal) return;
  throw new AppError(refusal.code ?? "conflict", toSentences(refusal));
}

/** A refusal as one text, such as an error at a field. */
export function toSentences({ cause, effect, next }: RefusalWords): string {
  return `${cause} ${effect} ${next}`;
}

/** "Not found" and "not yours" are one answer, so that ids of other tenants reveal nothing. */
export function notFound(what: string): AppError {
  return new AppError(
    "not-found",
    `This ${what} does not exist, or you may not see it. Nothing was changed. Check the address, or ask an owner for access.`,
  );
}
