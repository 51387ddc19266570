import "server-only";
import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { operatorScope, type Scope } from "@/lib/auth/scope";
import { findSession } from "@/lib/auth/session";
import { readSessionId, sessionCookieName } from "@/lib/web/session-cookie";
import { ADDRESS_HEADER, signInHref } from "@/lib/web/return-path";
import { requestFacts } from "@/lib/web/request-facts";

/** The signed-in operator's scope, or null. Read from the session table once a request, for all loaders. */
export const currentScope = cache(async (): Promise<Scope | null> => {
  const sid = await readSessionId((await cookies()).get(sessionCookieName())?.value);
  const session = sid === null ? null : await findSession(sid);
  return session === null ? null : operatorScope(session, await requestFacts());
});

/** For loaders: redirects to the sign-in page, and from there back, when nobody is signed in. */
export async function requireScope(): Promise<Scope> {
  return (await currentScope()) ?? redirect(signInHref((await headers()).get(ADDRESS_HEADER)));
}
