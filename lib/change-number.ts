/** The name of a change for people: "CHG-1042". */
export function formatChangeNumber(number: number): string {
  return `CHG-${number}`;
}

/** The number in a change's name, whatever its case; null where the text is no such name. */
export function parseChangeNumber(text: string): number | null {
  const [, number] = /^CHG-(\d{1,9})$/i.exec(text) ?? [];
  return number === undefined ? null : Number(number);
}
