/** What people call a change: "CHG-1042". */
export function formatChangeNumber(number: number): string {
  return `CHG-${number}`;
}
