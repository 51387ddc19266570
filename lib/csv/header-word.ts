/** A header as it is compared: letters and digits alone, without accents, in lower case. */
export function toHeaderWord(header: string): string {
  return header
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll("ß", "ss")
    .replace(/[^\p{L}\p{N}]/gu, "");
}
