/** The attributes that have a value: one that is undefined is spelled out in the data of a server's page all the same. */
export function given<T extends object>(attributes: T): Partial<T> {
  const entries = Object.entries(attributes).filter(([, value]) => value !== undefined && value !== "");
  return Object.fromEntries(entries) as Partial<T>;
}
