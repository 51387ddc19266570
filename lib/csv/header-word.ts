/** The form in which headers are compared: only letters and digits, without accents, in lower case. */
export function toHeaderWord(header: string): string {
  return header
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll("ß", "ss")
    .replace(/[^\p{L}\p{N}]/gu, "");
}
