/** What decides whether a field may be kept: its attributes alone, so that a field added later is judged too. */
export type FieldFacts = {
  name: string;
  /** As in HTML; text where it is left out. */
  type?: string;
  autoComplete?: string;
};

const secretName = /token|secret|passw|passphrase|\bpin\b|code|otp|credential|api.?key|private.?key/i;
const secretAutoComplete = /password|one-time-code|^cc-/i;

/** True for a password, a token or a code. */
export function isSecret({ name, type = "text", autoComplete = "" }: FieldFacts): boolean {
  return type === "password" || secretName.test(name) || secretAutoComplete.test(autoComplete);
}
