/** What a server action answers. `message`: cause. effect. next step. `fields`: messages by name of the field. */
export type Outcome<T> = { ok: true; data: T } | Refused;

export type Refused = {
  ok: false;
  message: string;
  fields: Record<string, string>;
  /** A page that takes the obstacle away. It is opened in a new tab, so that what was typed stays here. */
  help?: { label: string; href: string };
};

/** A server action as forms call it. A server page can hand one down as it is. */
export type FormAction<T> = (previous: Outcome<T> | null, formData: FormData) => Promise<Outcome<T>>;

/** A server action: called with an object, or with what a form holds. */
export type ServerAction<Input, T> = {
  (input: Input): Promise<Outcome<T>>;
  (previous: Outcome<T> | null, formData: FormData): Promise<Outcome<T>>;
};

/**
 * Why there is no success.
 * - `refused`: the server said no; the message is its own.
 * - `outdated`: the server is of another build and does not know the action. Nothing was done.
 * - `offline`: the browser has no network, before and after the call.
 * - `silent`: no answer, or one that is not the server's. It may have been done.
 */
export type RefusalCause = "refused" | "outdated" | "offline" | "silent";

export type Refusal = Refused & { cause: RefusalCause };

export type Answer<T> = { ok: true; data: T } | Refusal;
