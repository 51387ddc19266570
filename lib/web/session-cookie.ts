import "server-only";
import { decode } from "next-auth/jwt";
import { sessionAbsoluteMs } from "@/lib/auth/session";
import { env } from "@/lib/env";
import { webKeys } from "@/lib/auth/web-keys";

export const sessionMaxAgeSeconds = sessionAbsoluteMs / 1000;

/** Over plain HTTP (a trial on localhost) a browser would refuse a Secure cookie. */
export function isSecureOrigin(): boolean {
  return new URL(env().APP_ORIGIN).protocol === "https:";
}

/** `__Host-`: neither another host under the same domain nor a page over plain HTTP can set one. */
export function sessionCookieName(): string {
  return isSecureOrigin() ? "__Host-rollcall.session" : "rollcall.session";
}

export function sessionCookieOptions() {
  return { httpOnly: true, sameSite: "lax", path: "/", secure: isSecureOrigin() } as const;
}

/**
 * Reads the random session id inside the cookie, which next-auth encrypted (JWE, dir with A256GCM).
 * @returns null for a cookie that is missing, expired, damaged or made with another secret
 */
export async function readSessionId(cookie: string | undefined): Promise<string | null> {
  if (!cookie) return null;
  const secret = webKeys().sessionSecret.reveal();
  const token = await decode({ token: cookie, secret }).catch(() => null);
  return typeof token?.sid === "string" ? token.sid : null;
}
