/** A share as people say it, without the digits that fractions of two leave behind: 0.1 is 10. */
export function toPercent(share: number): number {
  return Math.round(share * 1_000) / 10;
}
