import { toHeaderWord } from "@/lib/csv/header-word";

const secretWords = new Set(
  "password passwort kennwort motdepasse contrasena wachtwoord initialpassword".split(" "),
);

/** Passwords come with KnowBe4's own template. Rollcall drops them before anything is stored. */
export function isSecretHeader(header: string): boolean {
  return secretWords.has(toHeaderWord(header));
}
