import "server-only";
import { z } from "zod";
import type { Scope } from "@/lib/auth/scope";
import { AppError, type AppErrorCode } from "@/lib/errors";
import { log } from "@/lib/log";
import { isCrossSite } from "@/lib/web/is-cross-site";
import { isReadableAddress } from "@/lib/web/is-readable-address";
import { currentScope } from "@/lib/web/current-scope";
import { recordDenial } from "@/lib/web/record-denial";
import { requestFacts } from "@/lib/web/request-facts";

/** The context that Next passes to a route: the values of the folder names in brackets. */
type RouteContext<Params> = { params: Promise<Params> };

const statuses: Record<AppErrorCode, number> = {
  unauthenticated: 401,
  forbidden: 403,
  "not-found": 404,
  invalid: 400,
  conflict: 409,
  limited: 429,
  unavailable: 503,
};

/**
 * Defines a GET for the live parts of a page, and for exports. The handler's value is sent as JSON; its own Response
 * (a stream) is sent unchanged. Nothing is cached.
 * @param handler reads through data.ts and parses the URL with zod; its errors become `{ message }` with the right
 *   status
 */
export function defineRoute<Params = Record<string, never>>(
  handler: (scope: Scope, request: Request, params: Params) => Promise<unknown>,
): (request: Request, context: RouteContext<Params>) => Promise<Response> {
  return async (request, context) => {
    const refusal = refuseAtTheDoor(request);
    const response =
      refusal ?? (await answer(async (scope) => handler(scope, request, await context.params)));
    response.headers.set("Cache-Control", "private, no-store");
    return response;
  };
}

/**
 * Refuses what no page of ours sends, before the session is read: a request that another site made a browser send must
 * not be recorded in its operator's name.
 */
function refuseAtTheDoor({ url, headers }: Request): Response | null {
  if (!isReadableAddress(url))
    return refuse(
      400,
      "This address holds characters that no address of Rollcall has. Nothing was read. Go back.",
    );
  if (isCrossSite(headers))
    return refuse(403, "Another site asked for this. Nothing was read. Open it from a page of Rollcall.");
  return null;
}

async function answer(work: (scope: Scope) => Promise<unknown>): Promise<Response> {
  let scope: Scope | null = null;
  try {
    scope = await currentScope();
    if (scope === null) return refuse(401, "You are signed out. Sign in and load the page again.");
    const data = await work(scope);
    return data instanceof Response ? data : Response.json(data ?? null);
  } catch (error) {
    return toRefusal(error, scope);
  }
}

async function toRefusal(error: unknown, scope: Scope | null): Promise<Response> {
  if (error instanceof z.ZodError)
    return refuse(
      400,
      "This address contains a value that Rollcall does not know. Nothing was read. Go back to the page and try again.",
    );
  const requestId = scope?.requestId ?? (await requestFacts()).requestId;
  if (!(error instanceof AppError)) {
    log.error({ err: error, requestId }, "route failed");
    return refuse(
      500,
      `Rollcall had an error. Nothing was changed. Try again. If it lasts, give your Rollcall administrator this number: ${requestId}`,
    );
  }
  try {
    if (scope) await recordDenial(scope, error);
  } catch (err) {
    log.error({ err, requestId }, "recording a denial failed");
  }
  return refuse(statuses[error.code], error.message);
}

function refuse(status: number, message: string): Response {
  return Response.json({ message }, { status });
}
