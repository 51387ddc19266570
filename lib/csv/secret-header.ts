import { toHeaderWord } from "@/lib/csv/header-word";

const secretWords = new Set(
  "password passwort kennwort motdepasse contrasena wachtwoord initialpassword".split(" "),
);

/** KnowBe4's own template has passwords. Rollcall drops them before it stores anything. */
export function isSecretHeader(header: string): boolean {
  return secretWords.has(toHeaderWord(header));
}
