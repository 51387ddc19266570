/** Longer words are cut, in code points: nobody types more, and index keys are limited. */
const WORD_CHARS = 64;
const SORT_KEY_CHARS = 100;
const WORDS_MAX = 40;

/** Letters that Unicode does not decompose and that people type in plain form. */
const plain: Readonly<Record<string, string>> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  þ: "th",
  ø: "o",
  ł: "l",
  đ: "d",
  ð: "d",
  ı: "i",
  ς: "σ",
  "’": "'",
};

const uuidShape = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Removes case and accents, for searching and for the order of lists. Never for identity: Müller and Muller are two
 * people. prisma/migrations/0008_search_words did the same to rows stored earlier.
 */
export function fold(text: string): string {
  return text
    .toLowerCase()
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase()
    .replace(/[ßæœþøłđðıς’]/g, (letter) => plain[letter] ?? letter);
}

/**
 * The sort key of people's names. Compared byte by byte (`COLLATE "C"`), which for UTF-8 is the order of code points.
 */
export function toSortKey(name: string): string {
  return cut(fold(name), SORT_KEY_CHARS);
}

export type Searchable = {
  displayName: string;
  userName: string;
  title?: string | undefined;
  employeeNumber?: string | undefined;
  externalId?: string | undefined;
};

/**
 * The words by which a person is found, each with a space before and after it: names, titles and numbers whole and by
 * their parts, an address whole, by the parts before the @, and by its domain. A word that begins another one is left
 * out, because the longer one finds it. Empty where there are none.
 */
export function toSearchWords(person: Searchable): string {
  const { displayName, userName, title, employeeNumber, externalId } = person;
  const given = [displayName, userName, title, employeeNumber, externalId].filter(Boolean).join(" ");
  const words = [...new Set(toTerms(given).flatMap(partsOf))].slice(0, WORDS_MAX).toSorted();
  const longest = words.filter((word, index) => !words[index + 1]?.startsWith(word));
  return longest.length > 0 ? ` ${longest.join(" ")} ` : "";
}

/** The words of a search, in any order, each once. A person matches when each begins one of their words. */
export function toTerms(text: string): string[] {
  const tokens = fold(text)
    .split(/\s+/)
    .map((token) => cut(token.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, ""), WORD_CHARS));
  return [...new Set(tokens)].filter((token) => token !== "");
}

/** A random id is searched as a whole; its parts mean nothing. */
function partsOf(token: string): string[] {
  if (uuidShape.test(token)) return [token];
  const [local = "", domain = ""] = token.split("@");
  const pieces = local.split(/[^\p{L}\p{N}]+/u).filter((piece) => piece.length > 1);
  return [token, domain, ...pieces].filter((part) => part !== "");
}

function cut(text: string, charsMax: number): string {
  return text.length <= charsMax ? text : [...text].slice(0, charsMax).join("");
}
