import type { Role } from "@/lib/auth/roles";

export const passwordCharsMin = 12;
export const ownerPasswordCharsMin = 15;
/** Enough for any phrase; longer input only costs hashing time. */
export const passwordCharsMax = 256;

/** Words that guessers try first. They count for nothing; the rest of the password must be strong enough. */
const commonWords = [
  "password",
  "passwort",
  "passw0rd",
  "p@ssw0rd",
  "p@ssword",
  "welcome",
  "willkommen",
  "letmein",
  "changeme",
  "iloveyou",
  "sunshine",
  "princess",
  "football",
  "baseball",
  "superman",
  "trustno1",
  "dragon",
  "monkey",
  "master",
  "shadow",
  "starwars",
  "whatever",
  "qwertyuiop",
  "qwerty",
  "qwertz",
  "azerty",
  "asdfghjkl",
  "asdfgh",
  "zxcvbnm",
  "1q2w3e4r5t",
  "1q2w3e4r",
  "q1w2e3r4",
  "1qaz2wsx",
  "abcdefghijkl",
  "abcdef",
  "abc123",
  "1234567890",
  "123456",
  "098765",
  "987654",
  "administrator",
  "admin",
  "root",
  "login",
  "secret",
  "spring",
  "summer",
  "autumn",
  "winter",
  "security",
  "awareness",
  "training",
  "rollcall",
  "knowbe4",
  "operator",
  "technician",
  "auditor",
  "owner",
];

/** Two or more columns of a keyboard, down or up: "qazwsx", "1qaz2wsx", "zaq1xsw2". One alone is a part of real words. */
const keyColumns =
  /(?:1?qaz|2?wsx|3?edc|4?rfv|5?tgb|6?yhn|7?ujm|zaq1?|xsw2?|cde3?|vfr4?|bgt5?|nhy6?|mju7?){2,}/g;

const CHARS_LEFT_MIN = 8;
const DISTINCT_CHARS_MIN = 6;

/**
 * Returns what is wrong with a new password, or null. Length does most of the work; the list catches what length
 * cannot: common words, keyboard rows, and the account's own name and address.
 * @returns cause and next step, for the field
 */
export function findPasswordProblem(
  password: string,
  account: { role: Role; email: string; name: string },
): string | null {
  const charsMin = account.role === "owner" ? ownerPasswordCharsMin : passwordCharsMin;
  const characters = [...password.normalize("NFKC")];
  if (characters.length < charsMin)
    return `It has ${characters.length} characters; at least ${charsMin} are needed. Several words in a row are easy to remember.`;
  if (characters.length > passwordCharsMax)
    return `It has more than ${passwordCharsMax} characters. Choose a shorter one.`;
  const text = characters.join("").toLowerCase().replace(keyColumns, "");
  const rest = withoutWords(text, [...commonWords, ...wordsOf(account)]);
  if (rest.length < CHARS_LEFT_MIN || new Set(rest).size < DISTINCT_CHARS_MIN)
    return "It consists of common words, neighbouring keys, repeats, or your own name. Choose unrelated words.";
  return null;
}

function wordsOf({ email, name }: { email: string; name: string }): string[] {
  return `${email} ${name}`
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length >= 4);
}

function withoutWords(text: string, words: readonly string[]): string {
  const longestFirst = words.toSorted((a, b) => b.length - a.length);
  return longestFirst.reduce((rest, word) => rest.replaceAll(word, ""), text);
}
