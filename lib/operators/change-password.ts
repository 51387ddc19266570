import "server-only";
import { appendEvent } from "@/lib/audit/log/append";
import { authorize } from "@/lib/auth/authorize";
import { hashPassword, verifyPassword } from "@/lib/auth/password";
import { isRole } from "@/lib/auth/roles";
import type { Scope } from "@/lib/auth/scope";
import { revokeSessions } from "@/lib/auth/session";
import { type Transaction, transaction } from "@/lib/db/transaction";
import { AppError, notFound } from "@/lib/errors";
import { requireGoodPassword } from "@/lib/operators/require-good-password";
import type { ChangePassword, ResetPassword } from "@/lib/operators/schema";
import { toWait } from "@/lib/operators/sign-in-refusal";
import { claimAttempt, resetAttempts } from "@/lib/operators/throttle-row";

type Account = { id: string; email: string; name: string; role: string; passwordHash: string };

/**
 * Changes an operator's own password. Requires the current one, throttled like a sign-in, so that an unlocked screen
 * does not give the account away. Ends all other sessions of the operator.
 * @throws AppError "invalid" at `currentPassword` or `newPassword`, "limited" while waiting
 */
export async function changePassword(scope: Scope, input: ChangePassword): Promise<void> {
  authorize(scope, "self.manage");
  const { actor } = scope;
  if (actor.kind !== "operator") throw notFound("operator");
  const now = new Date();
  const { claim, account, trier } = await transaction(scope, async (tx) => {
    const found = await getAccount(tx, actor.id);
    // The session has its own count: who guesses at sign-in keeps nobody from changing a password.
    const from = { email: found.email, address: actor.address, device: actor.sessionId };
    return { claim: await claimAttempt(tx, from, now), account: found, trier: from };
  });
  if (!claim.isAllowed) throw tooManyTries(claim.blockedTo.getTime() - now.getTime());
  if (!(await verifyPassword(account.passwordHash, input.currentPassword))) {
    await transaction(scope, (tx) => appendRefusal(tx, scope, account));
    throw wrongPassword();
  }
  const passwordHash = await hashNew(account, input.newPassword);
  await transaction(scope, async (tx) => {
    await resetAttempts(tx, trier, now);
    const { count } = await tx.operator.updateMany({
      where: { id: account.id, passwordHash: account.passwordHash },
      data: { passwordHash },
    });
    if (count === 0) throw wrongPassword();
    const sessions = await revokeSessions(tx, { operatorId: account.id, exceptId: actor.sessionId }, now);
    await appendEvent(tx, scope, {
      action: "operator.password_changed",
      target: account.email,
      details: { sessions },
    });
  });
}

/**
 * Resets another operator's password, which an owner gives them in person: a reset by e-mail could be intercepted. Ends
 * their sessions.
 */
export async function resetPassword(scope: Scope, { operatorId, newPassword }: ResetPassword): Promise<void> {
  authorize(scope, "operator.manage");
  const account = await transaction(scope, (tx) => getAccount(tx, operatorId));
  const passwordHash = await hashNew(account, newPassword);
  await transaction(scope, async (tx) => {
    await tx.operator.update({ where: { id: operatorId }, data: { passwordHash } });
    const sessions = await revokeSessions(tx, { operatorId }, new Date());
    await appendEvent(tx, scope, {
      action: "operator.password_changed",
      target: account.email,
      details: { sessions },
    });
  });
}

async function getAccount(tx: Transaction, id: string): Promise<Account> {
  const account = await tx.operator.findUnique({
    where: { id },
    select: { id: true, email: true, name: true, role: true, passwordHash: true },
  });
  if (account === null) throw notFound("operator");
  return account;
}

function hashNew({ role, email, name }: Account, password: string): Promise<string> {
  if (!isRole(role)) throw new Error("An operator has a role that this version does not know.");
  requireGoodPassword("newPassword", password, { role, email, name });
  return hashPassword(password);
}

function appendRefusal(tx: Transaction, scope: Scope, { email }: Account): Promise<void> {
  return appendEvent(tx, scope, {
    action: "operator.password_changed",
    target: email,
    result: "refused",
    reason: "wrong-password",
  });
}

function wrongPassword(): AppError {
  return new AppError("invalid", "The current password is wrong. Nothing was changed. Enter it again.", {
    currentPassword: "This is not your current password.",
  });
}

function tooManyTries(waitMs: number): AppError {
  return new AppError(
    "limited",
    `Too many attempts. The password was not checked and nothing was changed. Try again in ${toWait(waitMs)}.`,
  );
}
