import "server-only";
import { z } from "zod";
import { authorize } from "@/lib/auth/authorize";
import type { Permission } from "@/lib/auth/permissions";
import type { RequestFacts, Scope } from "@/lib/auth/scope";
import { AppError } from "@/lib/errors";
import { log } from "@/lib/log";
import type { ActionRefused, ActionResult } from "@/lib/web/action-result";
import { toFormInput } from "@/lib/web/form-input";
import { isOwnOrigin } from "@/lib/web/own-origin";
import { recordDenial } from "@/lib/web/record-denial";

/** An action, independent of the request. A public one gets no scope: nobody is signed in. */
export type ActionDefinition<Schema extends z.ZodType, T> = {
  schema: Schema;
  permission?: Permission;
} & (
  | { isPublic: false; handler: (scope: Scope, input: z.output<Schema>) => Promise<T> }
  | { isPublic: true; handler: (scope: null, input: z.output<Schema>) => Promise<T> }
);

export type ActionRequest = {
  headers: Headers;
  /** APP_ORIGIN */
  appOrigin: string;
  facts: RequestFacts;
  findScope: () => Promise<Scope | null>;
};

/**
 * Runs one action in one request: checks our own page's origin, a live session, the permission and the input's shape,
 * then calls the handler. Types do not hold across the network, so `given` may be anything.
 * @param isControlFlow whether an error is really control flow (a redirect) and must be rethrown
 */
export async function runAction<Schema extends z.ZodType, T>(
  action: ActionDefinition<Schema, T>,
  { headers, appOrigin, facts, findScope }: ActionRequest,
  given: unknown,
  isControlFlow: (error: unknown) => boolean = () => false,
): Promise<ActionResult<T>> {
  let scope: Scope | null = null;
  try {
    if (!isOwnOrigin(headers, appOrigin)) return foreignOrigin();
    if (action.isPublic) return done(await action.handler(null, parse(action.schema, given)));
    scope = await findScope();
    if (scope === null) return signedOut();
    if (action.permission) authorize(scope, action.permission);
    return done(await action.handler(scope, parse(action.schema, given)));
  } catch (error) {
    if (isControlFlow(error)) throw error;
    return toRefused(error, scope, scope?.requestId ?? facts.requestId);
  }
}

function done<T>(data: T): ActionResult<T> {
  return { ok: true, data };
}

/** Refuses unknown keys even where a schema does not: `role` or `tenantId` must not slip in. */
function parse<Schema extends z.ZodType>(schema: Schema, given: unknown): z.output<Schema> {
  const strict = schema instanceof z.ZodObject ? schema.strict() : schema;
  return strict.parse(toFormInput(given)) as z.output<Schema>;
}

async function toRefused(error: unknown, scope: Scope | null, requestId: string): Promise<ActionRefused> {
  if (error instanceof z.ZodError) return invalid(error);
  if (!(error instanceof AppError)) {
    log.error({ err: error, requestId }, "action failed");
    return failed(requestId);
  }
  try {
    if (scope) await recordDenial(scope, error);
  } catch (err) {
    log.error({ err, requestId }, "recording a denial failed");
  }
  return { ok: false, message: error.message, fields: error.fields };
}

function invalid({ issues }: z.ZodError): ActionRefused {
  const fields: Record<string, string> = {};
  for (const { path, message } of issues) {
    const field = path.join(".");
    // Report only the first problem of a field: it is the one to fix first.
    if (field && !Object.hasOwn(fields, field)) fields[field] = message;
  }
  return refused(
    "Some values are not valid. Nothing was changed. Correct the marked fields and send again.",
    fields,
  );
}

function foreignOrigin(): ActionRefused {
  return refused(
    "The request came from another site. Nothing was changed. Open Rollcall at its own address and try again.",
  );
}

function signedOut(): ActionRefused {
  return {
    ...refused("You are signed out. Nothing was changed. Sign in and try again."),
    help: { label: "Sign in in a new tab", href: "/sign-in" },
  };
}

function failed(requestId: string): ActionRefused {
  return refused(
    `Rollcall had an error. The action may not have been done. Check before you try again. If it lasts, give your Rollcall administrator this number: ${requestId}`,
  );
}

function refused(message: string, fields: Record<string, string> = {}): ActionRefused {
  return { ok: false, message, fields };
}
