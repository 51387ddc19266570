"use server";

import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { changePassword, resetPassword } from "@/lib/operators/change-password";
import * as mutations from "@/lib/operators/mutations";
import {
  changePasswordSchema,
  createOperatorSchema,
  firstOwnerSchema,
  noInputSchema,
  operatorIdSchema,
  resetPasswordSchema,
  setGrantsSchema,
  setRoleSchema,
} from "@/lib/operators/schema";
import { sessionCookieName, sessionCookieOptions } from "@/lib/web/session-cookie";
import { createFirstOwner } from "@/lib/operators/setup";
import { signOut } from "@/lib/operators/sign-in";
import { defineAction } from "@/lib/web/define-action";
import { requestFacts } from "@/lib/web/request-facts";

/** The only action without a session: it works while no operator exists, and never again. */
export const createFirstOwnerAction = defineAction(
  firstOwnerSchema,
  async (_scope, input) => {
    await createFirstOwner(await requestFacts(), input);
    redirect("/sign-in");
  },
  { isPublic: true },
);

export const signOutAction = defineAction(noInputSchema, async (scope) => {
  await signOut(scope);
  // Set, not deleted: a browser heeds a __Host- cookie only with the attributes it came with.
  (await cookies()).set(sessionCookieName(), "", { ...sessionCookieOptions(), maxAge: 0 });
  redirect("/sign-in");
});

export const createOperatorAction = defineAction(createOperatorSchema, mutations.createOperator);

export const setRoleAction = defineAction(setRoleSchema, mutations.setRole);

export const setGrantsAction = defineAction(setGrantsSchema, mutations.setGrants);

export const disableOperatorAction = defineAction(operatorIdSchema, mutations.disableOperator);

export const enableOperatorAction = defineAction(operatorIdSchema, mutations.enableOperator);

export const endSessionsAction = defineAction(operatorIdSchema, mutations.endSessions);

export const changePasswordAction = defineAction(changePasswordSchema, changePassword);

export const resetPasswordAction = defineAction(resetPasswordSchema, resetPassword);
