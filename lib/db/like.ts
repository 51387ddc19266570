/** The pattern that finds `text` anywhere with ILIKE; LIKE's own signs in it stand for themselves. */
export function like(text: string): string {
  return `%${text.replace(/[\\%_]/g, "\\$&")}%`;
}
