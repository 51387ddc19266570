/** The short form of a plan's hash for display: enough to compare by eye. Empty while there is no plan. */
export function shortHash(hash: string): string {
  return hash === "" ? "" : `${hash.slice(0, 4)}·${hash.slice(4, 8)}`;
}
