/** The form in which headers are compared: only letters and digits, without accents, in lower case. */
export function toHeaderWord(header: string): string {
  return toHeaderWords(header).join("");
}

/** A header's words in that form: those between spaces and signs, and those that capitals part ("userPwd"). */
export function toHeaderWords(header: string): string[] {
  return header
    .normalize("NFKD")
    .replace(/(?<=[\p{Ll}\p{N}])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/gu, " ")
    .toLowerCase()
    .replace(/\p{M}/gu, "")
    .replace(/[ßłøæđı]/g, (letter) => letters[letter] ?? letter)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");
}

/** Letters that Unicode does not decompose, as people type them without a keyboard for them. */
const letters: Readonly<Record<string, string>> = { ß: "ss", ł: "l", ø: "o", æ: "ae", đ: "d", ı: "i" };
