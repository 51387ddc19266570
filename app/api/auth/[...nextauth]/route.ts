import type { NextRequest } from "next/server";
import nextAuth from "next-auth";
import { env } from "@/lib/env";
import { nextAuthOptions } from "@/lib/operators/next-auth";
import { isOwnOrigin } from "@/lib/web/own-origin";

type Context = { params: Promise<{ nextauth: string[] }> };

/** The routes of next-auth that sign-in and sign-out need. Its pages and its session endpoint are not exposed. */
const answered = new Set(["GET csrf", "GET providers", "POST callback/credentials", "POST signout"]);

async function answer(request: NextRequest, context: Context): Promise<Response> {
  const { nextauth } = await context.params;
  if (!answered.has(`${request.method} ${nextauth.join("/")}`))
    return refuse(404, "There is nothing at this address.");
  // In addition to next-auth's token: login CSRF, signing a victim in to another account, is an attack too.
  if (request.method === "POST" && !isOwnOrigin(request.headers, env().APP_ORIGIN)) {
    return refuse(
      403,
      "The request came from another site. Nothing was done. Open Rollcall at its own address.",
    );
  }
  const response: Response = await nextAuth(request, context, nextAuthOptions());
  response.headers.set("Cache-Control", "private, no-store");
  return response;
}

function refuse(status: number, message: string): Response {
  return Response.json({ message }, { status, headers: { "Cache-Control": "private, no-store" } });
}

export { answer as GET, answer as POST };
