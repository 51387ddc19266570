import "server-only";
import { randomUUID } from "node:crypto";
import { appendEvent } from "@/lib/audit/log/append";
import { verifyPassword } from "@/lib/auth/password";
import { isRole } from "@/lib/auth/roles";
import { operatorScope, type RequestFacts, type Scope, systemScope } from "@/lib/auth/scope";
import { createSession, revokeReplaced, revokeSession } from "@/lib/auth/session";
import { type Transaction, transaction } from "@/lib/db/transaction";
import type { SignIn } from "@/lib/operators/schema";
import { takeStrangerPlace } from "@/lib/operators/stranger-places";
import { claimAttempt, resetAttempts, type Trier } from "@/lib/operators/throttle-row";
import type { KnownDevice } from "@/lib/web/device-cookie";

/*
 * Signing in and out: the exception to "a mutation first authorizes", because nobody is signed in yet, and because
 * leaving needs no permission. Both work with no tenant in reach.
 */

/**
 * `retryInMs`: the wait before this account may try again from this address. `device`: what this browser is known by from
 * now on.
 */
export type SignInOutcome =
  | { ok: true; sid: string; device: KnownDevice }
  | { ok: false; reason: "mismatch" | "blocked"; retryInMs: number };

/**
 * Whose request it is.
 * @property device what its cookie says, whichever account that belongs to
 * @property sid of the session that the browser has until now
 */
export type Visitor = RequestFacts & { device?: KnownDevice | null; sid?: string | null };

/** How soon a stranger may try again who found all places taken. */
const placeRetryMs = 1_000;

type Account = {
  id: string;
  name: string;
  email: string;
  role: string;
  passwordHash: string;
  disabledAt: Date | null;
};

/**
 * Signs in. An unknown address, a wrong password and a disabled operator get the same answer for the same work. A try in
 * the waiting time is refused unread, right or wrong, and records no event: anybody could fill the log otherwise.
 * @param now when the request came
 * @throws when the database does not answer: then nobody is signed in
 */
export async function signIn(
  visitor: Visitor,
  input: SignIn,
  now: Date = new Date(),
): Promise<SignInOutcome> {
  const device = visitor.device?.email === input.email ? visitor.device.id : null;
  const trier = { email: input.email, address: visitor.address, device };
  if (device !== null) return tryPassword(visitor, trier, input.password, now);
  const leave = takeStrangerPlace(visitor.address);
  if (leave === null) return { ok: false, reason: "blocked", retryInMs: placeRetryMs };
  try {
    return await tryPassword(visitor, trier, input.password, now);
  } finally {
    leave();
  }
}

/** In three steps: count the try, verify the password with no transaction open, write the result with its event. */
async function tryPassword(
  request: Visitor,
  trier: Trier,
  password: string,
  now: Date,
): Promise<SignInOutcome> {
  const scope = systemScope("sign-in", [], request.requestId);
  const { claim, account } = await transaction(scope, async (tx) => ({
    claim: await claimAttempt(tx, trier, now),
    account: await findAccount(tx, trier.email),
  }));
  const retryInMs = Math.max(claim.blockedTo.getTime() - now.getTime(), 0);
  if (!claim.isAllowed) return { ok: false, reason: "blocked", retryInMs };

  const lane = trier.device === null ? "stranger" : "known";
  const isMatch = await verifyPassword(account?.passwordHash ?? null, password, lane);
  const session = await transaction(scope, async (tx) => {
    if (account === null || !isMatch || !(await lockUnchanged(tx, account))) {
      await appendRefusal(tx, scope, request, { account, isMatch });
      return null;
    }
    await resetAttempts(tx, trier, now);
    return startSession(tx, request, account, now);
  });
  if (session === null) return { ok: false, reason: "mismatch", retryInMs };
  return { ok: true, sid: session.sid, device: { id: trier.device ?? randomUUID(), email: trier.email } };
}

/** Ends the session of this request. A repeat records no event. */
export async function signOut(scope: Scope, now: Date = new Date()): Promise<void> {
  const { actor } = scope;
  if (actor.kind !== "operator") return;
  await transaction(scope, async (tx) => {
    if (!(await revokeSession(tx, actor.sessionId, now))) return;
    await appendEvent(tx, scope, { action: "session.signed_out", target: actor.name });
  });
}

function findAccount(tx: Transaction, email: string): Promise<Account | null> {
  return tx.operator.findUnique({
    where: { email },
    select: { id: true, name: true, email: true, role: true, passwordHash: true, disabledAt: true },
  });
}

/**
 * Whether the operator may still sign in with the verified hash. Locked until the session exists, so that disabling
 * an operator or changing a password cannot fall between the check and the session it should have ended.
 */
async function lockUnchanged(tx: Transaction, { id, passwordHash }: Account): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT FROM operator
    WHERE id = ${id}::uuid AND password_hash = ${passwordHash} AND disabled_at IS NULL FOR SHARE`;
  return rows.length > 0;
}

/** The browser's session until now ends: its cookie is overwritten, and nobody could sign it out any more. */
async function startSession(tx: Transaction, request: Visitor, account: Account, now: Date) {
  if (!isRole(account.role)) throw new Error("An operator has a role that this version does not know.");
  const isReplaced = request.sid ? await revokeReplaced(tx, request.sid, now) : false;
  const session = await createSession(tx, { operatorId: account.id, request }, now);
  const facts = {
    ...account,
    operatorId: account.id,
    role: account.role,
    sessionId: session.sessionId,
    tenantIds: [],
  };
  await appendEvent(tx, operatorScope(facts, request), {
    action: "session.signed_in",
    target: account.email,
    details: { userAgent: request.userAgent, ...(isReplaced ? { endedSessions: 1 } : {}) },
  });
  return session;
}

/** An unknown address is not recorded: people type passwords into the wrong field. */
async function appendRefusal(
  tx: Transaction,
  scope: Scope,
  { address, userAgent }: RequestFacts,
  { account, isMatch }: { account: Account | null; isMatch: boolean },
): Promise<void> {
  const reason = account === null ? "unknown-operator" : isMatch ? "disabled" : "wrong-password";
  await appendEvent(tx, scope, {
    action: "session.refused",
    target: account?.email ?? "unknown operator",
    result: "refused",
    reason,
    details: { address, userAgent },
  });
}
