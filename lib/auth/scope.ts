import { randomUUID } from "node:crypto";
import type { Role } from "@/lib/auth/roles";

declare const minted: unique symbol;

/**
 * Who acts, in which tenants, in which request. Every read and write of the core takes one, and only this file
 * creates one: a Scope proves that somebody signed in or that a system process runs.
 */
export type Scope = {
  readonly actor: Actor;
  readonly tenants: "all" | readonly string[];
  readonly requestId: string;
  readonly [minted]: true;
};

type Actor = OperatorActor | SystemActor;

export type OperatorActor = {
  readonly kind: "operator";
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  /** where the request came from, as an IP address */
  readonly address: string;
  readonly sessionId: string;
};

/** A system process or job: "worker", "sealer", "setup", "sign-in". */
type SystemActor = { readonly kind: "system"; readonly id: string; readonly name: string };

/** What a live session says about its operator; lib/auth/session.ts reads it again for every request. */
export type SessionFacts = {
  sessionId: string;
  operatorId: string;
  name: string;
  email: string;
  role: Role;
  /** the granted tenants; they limit only technicians */
  tenantIds: readonly string[];
};

/** The facts of a request before its operator is known. */
export type RequestFacts = { address: string; userAgent: string; requestId: string };

/** Creates an operator's scope: owners and auditors see every tenant, technicians only the granted ones. */
export function operatorScope(
  session: Omit<SessionFacts, "email">,
  request: Omit<RequestFacts, "userAgent">,
): Scope {
  const actor: Actor = {
    kind: "operator",
    id: session.operatorId,
    name: session.name,
    role: session.role,
    address: request.address,
    sessionId: session.sessionId,
  };
  return mint(actor, session.role === "technician" ? session.tenantIds : "all", request.requestId);
}

/**
 * Creates the scope of a system process.
 * @param name the job or process, as the audit log names it
 * @param tenants the minimum that the job needs: one tenant for a run, none for signing in
 */
export function systemScope(
  name: string,
  tenants: "all" | readonly string[],
  requestId: string = randomUUID(),
): Scope {
  return mint({ kind: "system", id: name, name }, tenants, requestId);
}

/**
 * Returns the operator's id, for actions that only a person may take.
 * @throws Error for a system process, which is a bug of ours.
 */
export function operatorIdOf({ actor }: Scope): string {
  if (actor.kind !== "operator") throw new Error("Only an operator may do this");
  return actor.id;
}

export function mayTouch(scope: Scope, tenantId: string): boolean {
  return scope.tenants === "all" || scope.tenants.includes(tenantId);
}

/** Frozen, so that no function that receives a scope can widen it. */
function mint(actor: Actor, tenants: "all" | readonly string[], requestId: string): Scope {
  const reach = tenants === "all" ? tenants : Object.freeze([...tenants]);
  return Object.freeze({ actor: Object.freeze(actor), tenants: reach, requestId }) as Scope;
}
