import "server-only";
import type { OperatorActor } from "@/lib/auth/scope";
import { listOperators, type OperatorSummary } from "@/lib/operators/data";
import { isSetUp } from "@/lib/operators/setup";
import { currentScope, requireScope } from "@/lib/web/current-scope";

/** The page to enter by: set-up while there is no operator, then sign-in, and the console once signed in. */
export async function loadEntrance(): Promise<"setup" | "sign-in" | "console"> {
  if (await currentScope()) return "console";
  return (await isSetUp()) ? "sign-in" : "setup";
}

/** The signed-in operator, for the shell around every page. */
export async function loadCurrentOperator(): Promise<OperatorActor> {
  const { actor } = await requireScope();
  if (actor.kind !== "operator") throw new Error("A request always acts for an operator.");
  return actor;
}

export async function loadOperators(): Promise<OperatorSummary[]> {
  return listOperators(await requireScope());
}
