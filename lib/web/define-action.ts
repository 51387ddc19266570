import "server-only";
import { refresh } from "next/cache";
import { headers } from "next/headers";
import { unstable_rethrow } from "next/navigation";
import type { z } from "zod";
import type { Permission } from "@/lib/auth/permissions";
import type { Scope } from "@/lib/auth/scope";
import { env } from "@/lib/env";
import type { ActionResult } from "@/lib/web/action-result";
import { currentScope } from "@/lib/web/current-scope";
import { requestFacts } from "@/lib/web/request-facts";
import { type ActionDefinition, runAction } from "@/lib/web/run-action";

/**
 * Called with an object from an event handler, or as `useActionState(action, null)` passes it to a form. The input is
 * the last argument either way.
 */
export type Action<Input, T> = {
  (input: Input): Promise<ActionResult<T>>;
  (previous: ActionResult<T> | null, form: FormData): Promise<ActionResult<T>>;
};

/**
 * Defines a server action, the only thing that a "use server" file may export. What runAction refuses never reaches
 * the handler; the handler's errors reach the browser as a message for people or as a number. After a success the
 * calling page is refreshed.
 * @param handler a mutation, or a few lines around one; it may redirect()
 * @param permission checked before the input is read. Optional, because the mutation authorizes in any case.
 */
export function defineAction<Schema extends z.ZodType, T>(
  schema: Schema,
  handler: (scope: Scope, input: z.output<Schema>) => Promise<T>,
  options?: { permission?: Permission; isPublic?: false },
): Action<z.input<Schema>, T>;
/** Defines a public action, which works without a session. */
export function defineAction<Schema extends z.ZodType, T>(
  schema: Schema,
  handler: (scope: null, input: z.output<Schema>) => Promise<T>,
  options: { isPublic: true },
): Action<z.input<Schema>, T>;
export function defineAction<Schema extends z.ZodType, T>(
  schema: Schema,
  handler: (scope: never, input: z.output<Schema>) => Promise<T>,
  { permission, isPublic = false }: { permission?: Permission; isPublic?: boolean } = {},
): Action<z.input<Schema>, T> {
  const action = { schema, handler, permission, isPublic } as ActionDefinition<Schema, T>;
  return async (...given: unknown[]) => {
    const request = {
      headers: await headers(),
      appOrigin: env().APP_ORIGIN,
      facts: await requestFacts(),
      findScope: currentScope,
    };
    const result = await runAction(action, request, given.at(-1), isControlFlow);
    if (result.ok) refresh();
    return result;
  };
}

/** redirect() and notFound() travel as errors that only Next may catch. */
function isControlFlow(error: unknown): boolean {
  try {
    unstable_rethrow(error);
    return false;
  } catch {
    return true;
  }
}
