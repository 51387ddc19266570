/** The name of a change for people: "CHG-1042". */
export function formatChangeNumber(number: number): string {
  return `CHG-${number}`;
}
