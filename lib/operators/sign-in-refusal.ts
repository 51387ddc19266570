/* A refused sign-in travels through next-auth as the text of an error, which becomes part of a URL. So it is a code and
   a number, and this file makes the message: a forged link cannot put words on the page. */

/** `unreachable`: no answer, or an unexpected one. */
export type SignInRefusal = { reason: "mismatch" | "blocked"; retryInMs: number } | { reason: "unreachable" };

export function toRefusalCode(refusal: SignInRefusal): string {
  if (refusal.reason === "unreachable") return refusal.reason;
  return `${refusal.reason}-${Math.ceil(refusal.retryInMs / 1000)}`;
}

export function toRefusal(code: string): SignInRefusal {
  const [, reason, seconds] = /^(mismatch|blocked)-(\d{1,6})$/.exec(code) ?? [];
  if (reason !== "mismatch" && reason !== "blocked") return { reason: "unreachable" };
  return { reason, retryInMs: Number(seconds) * 1000 };
}

/** @returns cause, effect, next step; it never says whether the address or the password was wrong */
export function toRefusalMessage(refusal: SignInRefusal): string {
  if (refusal.reason === "unreachable")
    return "Rollcall could not check the password. You are not signed in. Try again. If it lasts, tell your Rollcall administrator.";
  const next = refusal.retryInMs > 0 ? `Try again in ${toWait(refusal.retryInMs)}.` : "Try again.";
  if (refusal.reason === "mismatch")
    return `The e-mail address or password is wrong. You are not signed in. ${next}`;
  return `Too many attempts. This one was not checked. ${next}`;
}

/** "4 s", "15 min": rounded up, so that the shown wait is long enough. No line breaks between the two. */
export function toWait(waitMs: number): string {
  const seconds = Math.max(Math.ceil(waitMs / 1000), 1);
  return seconds < 60 ? `${seconds}\u00a0s` : `${Math.ceil(seconds / 60)}\u00a0min`;
}
