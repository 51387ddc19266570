import type { Outcome } from "@/components/ui/actions/outcome";
import { toRefusal, toRefusalMessage } from "@/lib/operators/sign-in-refusal";

/**
 * Signs in over next-auth's own routes. Its browser code does the same, but leaves the page, and loses the typed text,
 * when Rollcall cannot be reached (getProviders in next-auth 4.24.15).
 */
export async function postSignIn(_previous: unknown, form: FormData): Promise<Outcome<void>> {
  const { csrfToken } = await readJson(await fetch("/api/auth/csrf"));
  const answer = await fetch("/api/auth/callback/credentials", {
    method: "POST",
    body: new URLSearchParams({
      email: text(form, "email"),
      password: text(form, "password"),
      csrfToken: csrfToken ?? "",
      callbackUrl: window.location.origin,
      json: "true",
    }),
  });
  const { url } = await readJson(answer);
  if (url === undefined) throw new Error(`Rollcall answered with status ${answer.status} and no next page.`);
  const { searchParams } = new URL(url);
  // A browser without cookies fails next-auth's CSRF check, which shows only in the returned URL.
  if (answer.ok && !searchParams.has("error") && searchParams.get("csrf") !== "true") {
    return { ok: true, data: undefined };
  }
  const message = toRefusalMessage(toRefusal(searchParams.get("error") ?? ""));
  return { ok: false, message, fields: {} };
}

async function readJson(answer: Response): Promise<Partial<Record<string, string>>> {
  return (await answer.json()) as Partial<Record<string, string>>;
}

function text(form: FormData, name: string): string {
  return String(form.get(name) ?? "");
}
