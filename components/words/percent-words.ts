/** A share in percent without floating-point noise: 0.1 gives 10. */
export function toPercent(share: number): number {
  return Math.round(share * 1_000) / 10;
}
