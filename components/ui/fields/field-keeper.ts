import { createContext } from "react";
import { flushSync } from "react-dom";

/** What a field says of itself when it is asked. */
export type FieldReport = {
  /** Finds it again on the new page: name and label, because rows of a table share a name. */
  key: string;
  /** As JSON can hold it. */
  value: unknown;
  isChanged: boolean;
  /** A password, token, code, signature or file. */
  isSecret: boolean;
};

export type KeptField = {
  report: () => FieldReport;
  /** Takes a value as if it had been typed. False where it is none that this field can hold. */
  take: (value: unknown) => boolean;
  /** What it holds now was sent. */
  settle: () => void;
};

/** What a form keeps while the page is loaded again. */
export type KeptFields = {
  values: Record<string, unknown>;
  /** Something was typed that is not kept. */
  isPartial: boolean;
};

/**
 * The fields of one form. Each joins once it is alive, and gets then what was kept of it: one that comes with what
 * another one shows, or whose code comes late, is not missed, and none is written to before React has taken it over.
 */
export class FieldKeeper {
  readonly #fields = new Set<KeptField>();
  readonly #waiting = new Map<string, unknown>();

  /** @param onGiven called with each value that a field has taken */
  constructor(private readonly onGiven: () => void) {}

  /** @returns what takes the field out again */
  join(field: KeptField): () => void {
    this.#fields.add(field);
    this.#give(field);
    return () => void this.#fields.delete(field);
  }

  /** What was changed and is no secret; null where nothing was. */
  collect(): KeptFields | null {
    const changed = [...this.#fields].map((field) => field.report()).filter(({ isChanged }) => isChanged);
    const kept = changed.filter(({ isSecret }) => !isSecret);
    if (kept.length === 0) return null;
    return {
      values: Object.fromEntries(kept.map(({ key, value }) => [key, value])),
      isPartial: kept.length < changed.length,
    };
  }

  /** Gives each value to its field, once: to those that are there, and to the others when they come. */
  restore({ values }: KeptFields): void {
    for (const [key, value] of Object.entries(values)) this.#waiting.set(key, value);
    for (const field of this.#fields) this.#give(field);
  }

  /** What the fields hold was sent, and is not kept. */
  settle(): void {
    for (const field of this.#fields) field.settle();
  }

  #give(field: KeptField): void {
    const { key, isSecret } = field.report();
    if (isSecret || !this.#waiting.has(key)) return;
    const value = this.#waiting.get(key);
    this.#waiting.delete(key);
    // One after the other, each in a render of its own: two fields may write parts of one state, and the second would
    // put the first back to what it was. Later, because React renders nothing while it runs the effects that lead here.
    queueMicrotask(() =>
      flushSync(() => {
        if (field.take(value)) this.onGiven();
      }),
    );
  }
}

/** The keeper of the form around a field; null where there is none, or it keeps nothing. */
export const FieldKeeperContext = createContext<FieldKeeper | null>(null);
