import "server-only";
import { appendEvent } from "@/lib/audit/log/append";
import { authorize } from "@/lib/auth/authorize";
import { hashPassword } from "@/lib/auth/password";
import { isRole } from "@/lib/auth/roles";
import type { Scope } from "@/lib/auth/scope";
import { revokeSessions } from "@/lib/auth/session";
import { type Transaction, transaction } from "@/lib/db/transaction";
import { notFound } from "@/lib/errors";
import { type OwnAccount, requireOwnPassword, wrongPassword } from "@/lib/operators/require-own-password";
import { requireGoodPassword } from "@/lib/operators/require-good-password";
import type { ChangePassword, ResetPassword } from "@/lib/operators/schema";

/**
 * Changes an operator's own password. Requires the current one, throttled like a sign-in, so that an unlocked screen
 * does not give the account away. Ends all other sessions of the operator.
 * @throws AppError "invalid" at `currentPassword` or `newPassword`, "limited" while waiting
 */
export async function changePassword(scope: Scope, input: ChangePassword): Promise<void> {
  authorize(scope, "self.manage");
  const entered = { password: input.currentPassword, field: "currentPassword" };
  const account = await requireOwnPassword(scope, { ...entered, action: "operator.password_changed" });
  const passwordHash = await hashNew(account, input.newPassword);
  await transaction(scope, async (tx) => {
    const { count } = await tx.operator.updateMany({
      where: { id: account.id, passwordHash: account.passwordHash },
      data: { passwordHash },
    });
    if (count === 0) throw wrongPassword(entered.field);
    const exceptId = scope.actor.kind === "operator" ? scope.actor.sessionId : undefined;
    const sessions = await revokeSessions(tx, { operatorId: account.id, exceptId }, new Date());
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

async function getAccount(tx: Transaction, id: string): Promise<OwnAccount> {
  const account = await tx.operator.findUnique({
    where: { id },
    select: { id: true, email: true, name: true, role: true, passwordHash: true },
  });
  if (account === null) throw notFound("operator");
  return account;
}

function hashNew({ role, email, name }: OwnAccount, password: string): Promise<string> {
  if (!isRole(role)) throw new Error("An operator has a role that this version does not know.");
  requireGoodPassword("newPassword", password, { role, email, name });
  return hashPassword(password);
}
