/** Letters that Unicode normalization does not split into a plain letter and a mark. */
const plainLetters: Readonly<Record<string, string>> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  đ: "d",
  ð: "d",
  þ: "th",
  ł: "l",
  ı: "i",
  ħ: "h",
  ŋ: "n",

  ŧ: "t",
};

/**
 * The address proposed for a person in a tenant: `first.last@` its first domain, in plain ASCII letters, because
 * KnowBe4 may not find any other address again. A name without plain letters gives an empty local part, and a tenant
 * without a domain an empty domain; the operator then completes the address.
 */
export function proposeAddress(name: { first: string; last: string }, domain: string | undefined): string {
  const local = [name.first, name.last].map(foldName).filter(Boolean).join(".");
  return local === "" ? "" : `${local}@${domain ?? ""}`;
}

/** "Ana María" is "anamaria", "O’Brien-Łukasz" is "obrien-lukasz", "李" is "". */
export function foldName(name: string): string {
  return [...name.normalize("NFKD").toLowerCase()]
    .map((letter) => plainLetters[letter] ?? letter)
    .join("")
    .replace(/[^a-z0-9-]/g, "")
    .replace(/^-+|-+$/g, "");
}
