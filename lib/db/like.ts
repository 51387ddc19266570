/** The pattern that finds `text` anywhere with ILIKE; LIKE's special characters in it are escaped. */
export function like(text: string): string {
  return `%${text.replace(/[\\%_]/g, "\\$&")}%`;
}
