import { randomUUID } from "node:crypto";
import type { Role } from "@/lib/auth/roles";

declare const minted: unique symbol;

/**
 * Who acts, in which tenants, in which request. Every read and write of the core takes one, and this file is the
 * only place that makes one: holding a Scope is the proof that somebody signed in or that a process of ours runs.
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

/** A process or job of ours: "worker", "sealer", "setup", "sign-in". */
type SystemActor = { readonly kind: "system"; readonly id: string; readonly name: string };

/** What a live session says about who is signed in; lib/auth/session.ts reads it anew for every request. */
export type SessionFacts = {
  sessionId: string;
  operatorId: string;
  name: string;
  email: string;
  role: Role;
  /** the granted tenants; they bind a technician only */
  tenantIds: readonly string[];
};

/** What is known of a request before anybody is known. */
export type RequestFacts = { address: string; userAgent: string; requestId: string };

/** An owner and an auditor see every tenant; a technician the granted ones, and none without a grant. */
export function operatorScope(session: SessionFacts, request: RequestFacts): Scope {
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
 * @param name the job or process, as the audit log shall name it
 * @param tenants the least that the job needs: one tenant for a run, none for signing in
 */
export function systemScope(
  name: string,
  tenants: "all" | readonly string[],
  requestId: string = randomUUID(),
): Scope {
  return mint({ kind: "system", id: name, name }, tenants, requestId);
}

/** For what only a person may do. @throws Error when a process of ours asks, which is a slip of ours. */
export function operatorIdOf({ actor }: Scope): string {
  if (actor.kind !== "operator") throw new Error("This is done in the name of an operator");
  return actor.id;
}

export function mayTouch(scope: Scope, tenantId: string): boolean {
  return scope.tenants === "all" || scope.tenants.includes(tenantId);
}

/** Frozen, so that nothing that is handed a scope can widen it. */
function mint(actor: Actor, tenants: "all" | readonly string[], requestId: string): Scope {
  const reach = tenants === "all" ? tenants : Object.freeze([...tenants]);
  return Object.freeze({ actor: Object.freeze(actor), tenants: reach, requestId }) as Scope;
}
