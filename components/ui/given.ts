/** Removes undefined attributes: the data of a server-rendered page would spell them out. */
export function given<T extends object>(attributes: T): Partial<T> {
  const entries = Object.entries(attributes).filter(([, value]) => value !== undefined && value !== "");
  return Object.fromEntries(entries) as Partial<T>;
}
