import type { StandingPerson } from "@/lib/directory/read-standing";

/** What the tenant holds of a row's person. */
export type Standing = Pick<StandingPerson, "userName" | "attributes" | "groups">;

/** Whether a cell is a value that stands: spreadsheets may change its line ends, and spaces around it say nothing. */
export function isStanding(held: string, cell: string): boolean {
  return toText(held) === toText(cell);
}

/** Whether a cell is a number that stands without its leading zeros, as spreadsheets write it: 00077 as 77. */
export function losesZeros(held: string, cell: string): boolean {
  const number = held.trim();
  return /^0\d+$/.test(number) && cell.trim() === number.replace(/^0+(?=\d)/, "");
}

function toText(value: string): string {
  return value.replace(/\r\n?/g, "\n").trim().normalize("NFC");
}
