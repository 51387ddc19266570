const redacted = "[REDACTED]";

/**
 * A text that must not be printed: a SCIM token, a password. Template strings, JSON, `console.log`, errors and
 * React props all show "[REDACTED]"; only `reveal()` gives the text, so a search for that word finds every use.
 * A private field rather than a closure, so that the type is nominal and no plain string passes for a Secret.
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The text itself. Pass it to the one call that needs it; keep it in no variable that outlives that call. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return redacted;
  }

  toJSON(): string {
    return redacted;
  }

  /** node:util's `inspect.custom`, spelled out so that code for the browser may import this file. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return redacted;
  }
}
