import { toHeaderWord, toHeaderWords } from "@/lib/csv/header-word";

/** Words for a password that nothing else contains, wherever they are in a header; compounds hold them. */
const anywhere = toWords(
  "password passwd passwort kennwort motdepasse contraseña wachtwoord paswoord lösenord adgangskode kodeord passord salasana palavrapasse passphrase passcode jelszó lozinka пароль パスワード 暗証番号 密码 密碼 口令 비밀번호 암호 clavedeacceso clavetemporal claveinicial recoverycode securityanswer secretanswer",
);

/** Shorter ones, which other words contain (Portuguese "desenhador"): only at an end of a word. */
const atAnEnd = toWords("pwd senha hasło heslo geslo parola şifre parool");

/** Words that other words begin with ("pinned", "secretary"): only as a word of their own. */
const alone = new Set(toWords("pin pins pincode pw psw mdp userpass secret secrets"));

/** Headers of dates, which an attribute of KnowBe4 takes. */
const dates = new Set(
  toWords("lastpasswordchange lastpasswordchangedatetime pwdlastset lastpasswordset passwordlastset"),
);

/**
 * Whether a header smells of a password, in the languages above. Google's, Microsoft's and KnowBe4's own templates have
 * such a column. Rollcall blanks it before it stores anything. When in doubt it is a secret: a column that is blanked for
 * nothing can be renamed, a stored password cannot be taken back.
 */
export function isSecretHeader(header: string): boolean {
  const whole = toHeaderWord(header);
  if (dates.has(whole)) return false;
  if (whole === "clave" || anywhere.some((word) => whole.includes(word))) return true;
  const words = toHeaderWords(header);
  if (words.at(-1) === "pass") return true;
  return words.some(
    (word) => alone.has(word) || atAnEnd.some((each) => word.startsWith(each) || word.endsWith(each)),
  );
}

function toWords(list: string): string[] {
  return list.split(" ").map(toHeaderWord);
}
