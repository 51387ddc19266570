import "server-only";
import type { AuthOptions } from "next-auth";
import credentialsProvider from "next-auth/providers/credentials";
import { cookies } from "next/headers";
import { operatorScope } from "@/lib/auth/scope";
import { findSession } from "@/lib/auth/session";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { signInSchema } from "@/lib/operators/schema";
import { deviceCookieName, readDevice, toDeviceCookie } from "@/lib/web/device-cookie";
import {
  isSecureOrigin,
  readSessionId,
  sessionCookieName,
  sessionCookieOptions,
  sessionMaxAgeSeconds,
} from "@/lib/web/session-cookie";
import { signIn, signOut } from "@/lib/operators/sign-in";
import { toRefusalCode } from "@/lib/operators/sign-in-refusal";
import { webKeys } from "@/lib/auth/web-keys";
import { requestFacts } from "@/lib/web/request-facts";

/**
 * next-auth 4 handles the form's CSRF token and the cookie; lib/operators/sign-in.ts decides, and the session table
 * says who is signed in. Its JWT carries the random session id and nothing about the operator.
 */
export function nextAuthOptions(): AuthOptions {
  return {
    secret: webKeys().sessionSecret.reveal(),
    useSecureCookies: isSecureOrigin(),
    session: { strategy: "jwt", maxAge: sessionMaxAgeSeconds },
    cookies: { sessionToken: { name: sessionCookieName(), options: sessionCookieOptions() } },
    pages: { signIn: "/sign-in", error: "/sign-in" },
    logger: { error: logError, warn: ignore, debug: ignore },
    providers: [
      credentialsProvider({
        credentials: { email: { type: "email" }, password: { type: "password" } },
        authorize: (credentials) => authorizeCredentials(credentials),
      }),
    ],
    callbacks: {
      jwt: ({ token, user }) => (user ? { sid: user.sid } : token),
      // Scripts on the page can read this value.
      session: ({ session }) => ({ expires: session.expires }),
      // Always redirect to our front page: an open redirect needs a choice.
      redirect: () => env().APP_ORIGIN,
    },
    events: { signOut: ({ token }) => revokeBySid(token?.sid) },
  };
}

/** Throws refusals, because next-auth passes only an error's text to the page. */
async function authorizeCredentials(credentials: unknown): Promise<{ id: string; sid: string }> {
  const input = signInSchema.safeParse(toFields(credentials));
  if (!input.success) throw new Error(toRefusalCode({ reason: "mismatch", retryInMs: 0 }));
  const jar = await cookies();
  const device = await readDevice(jar.get(deviceCookieName())?.value);
  const sid = await readSessionId(jar.get(sessionCookieName())?.value);
  const outcome = await signIn({ ...(await requestFacts()), device, sid }, input.data).catch(
    (err: unknown) => {
      log.error({ err }, "sign-in failed");
      return { ok: false, reason: "unreachable" } as const;
    },
  );
  if (!outcome.ok) throw new Error(toRefusalCode(outcome));
  jar.set(await toDeviceCookie(outcome.device));
  return { id: "session", sid: outcome.sid };
}

/** next-auth posts its own fields beside ours (csrfToken, callbackUrl, json, redirect). */
function toFields(credentials: unknown): unknown {
  if (typeof credentials !== "object" || credentials === null) return null;
  const { email, password } = credentials as { email?: unknown; password?: unknown };
  return { email, password };
}

async function revokeBySid(sid: unknown): Promise<void> {
  const session = typeof sid === "string" ? await findSession(sid) : null;
  if (session) await signOut(operatorScope(session, await requestFacts()));
}

/** The second argument may quote the request, and so a password. */
function logError(code: string): void {
  log.error({ code }, "next-auth error");
}

function ignore(): void {}
