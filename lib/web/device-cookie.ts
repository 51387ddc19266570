import "server-only";
import { decode, encode } from "next-auth/jwt";
import { webKeys } from "@/lib/auth/web-keys";
import { isSecureOrigin, sessionCookieOptions } from "@/lib/web/session-cookie";

/**
 * A browser from which this account signed in before. It gives no access: it only has a count of wrong passwords of its
 * own, so that strangers cannot make it wait.
 */
export type KnownDevice = { id: string; email: string };

/** Long enough for somebody who comes twice a year. */
const maxAge = 180 * 24 * 60 * 60;

/** Makes another key of the same secret, so that neither cookie passes for the other. */
const salt = "rollcall known device";

export function deviceCookieName(): string {
  return isSecureOrigin() ? "__Host-rollcall.device" : "rollcall.device";
}

/** The cookie to set after a sign-in, encrypted and authenticated by next-auth (JWE, dir with A256GCM). */
export async function toDeviceCookie({ id, email }: KnownDevice) {
  const secret = webKeys().sessionSecret.reveal();
  const value = await encode({ token: { device: id, email }, secret, salt, maxAge });
  return { name: deviceCookieName(), value, ...sessionCookieOptions(), maxAge };
}

/** @returns null for a cookie that is missing, expired, damaged, or made with another secret or for another purpose */
export async function readDevice(cookie: string | undefined): Promise<KnownDevice | null> {
  if (!cookie) return null;
  const secret = webKeys().sessionSecret.reveal();
  const token = await decode({ token: cookie, secret, salt }).catch(() => null);
  if (typeof token?.device !== "string" || typeof token.email !== "string") return null;
  return { id: token.device, email: token.email };
}
