import "server-only";
import type { OperatorActor } from "@/lib/auth/scope";
import { listOperators, type OperatorSummary } from "@/lib/operators/data";
import { isSetUp } from "@/lib/operators/setup";
import { currentScope, requireScope } from "@/lib/web/current-scope";

/** Which door stands open: set-up while there is no operator, then sign-in, and the console for whoever is in. */
export async function loadEntrance(): Promise<"setup" | "sign-in" | "console"> {
  if (await currentScope()) return "console";
  return (await isSetUp()) ? "sign-in" : "setup";
}

/** Who is signed in, for the shell around every page. */
export async function loadCurrentOperator(): Promise<OperatorActor> {
  const { actor } = await requireScope();
  if (actor.kind !== "operator") throw new Error("A request acts for an operator.");
  return actor;
}

export async function loadOperators(): Promise<OperatorSummary[]> {
  return listOperators(await requireScope());
}
