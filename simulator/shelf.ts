/**
 * Records by id and by name, both in constant time. Names compare without case, as KnowBe4 compares addresses.
 * A record is never changed in place: put a new one with the same id, so that two shelves may share a record.
 */
export class Shelf<T extends { id: string }> {
  readonly byId = new Map<string, T>();
  readonly #idByName = new Map<string, string>();
  readonly #nameOf: (record: T) => string;

  constructor(nameOf: (record: T) => string) {
    this.#nameOf = nameOf;
  }

  get size(): number {
    return this.byId.size;
  }

  find(id: string): T | null {
    return this.byId.get(id) ?? null;
  }

  findByName(name: string): T | null {
    const id = this.#idByName.get(name.toLowerCase());
    return id === undefined ? null : this.find(id);
  }

  put(record: T): void {
    this.#forgetName(record.id);
    this.byId.set(record.id, record);
    this.#idByName.set(this.#nameOf(record).toLowerCase(), record.id);
  }

  remove(id: string): void {
    this.#forgetName(id);
    this.byId.delete(id);
  }

  #forgetName(id: string): void {
    const previous = this.byId.get(id);
    if (previous === undefined) return;
    const name = this.#nameOf(previous).toLowerCase();
    if (this.#idByName.get(name) === id) this.#idByName.delete(name);
  }
}
