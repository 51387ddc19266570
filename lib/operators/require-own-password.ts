import "server-only";
import { appendEvent } from "@/lib/audit/log/append";
import type { AuditAction } from "@/lib/audit/log/events";
import { authorize } from "@/lib/auth/authorize";
import { verifyPassword } from "@/lib/auth/password";
import type { Scope } from "@/lib/auth/scope";
import { transaction } from "@/lib/db/transaction";
import { AppError, notFound } from "@/lib/errors";
import { toWait } from "@/lib/operators/sign-in-refusal";
import { claimAttempt, resetAttempts } from "@/lib/operators/throttle-row";

export type OwnAccount = { id: string; email: string; name: string; role: string; passwordHash: string };

type Entered = { password: string; field: string; action: AuditAction };

/**
 * Has operators enter their password again for what an unlocked screen must not be enough for. Throttled by session, so
 * that who guesses at sign-in keeps nobody from it. A wrong password is recorded as a refusal of `action`.
 * @throws AppError "invalid" at `field`, "limited" while waiting
 */
export async function requireOwnPassword(
  scope: Scope,
  { password, field, action }: Entered,
): Promise<OwnAccount> {
  authorize(scope, "self.manage");
  const { actor } = scope;
  if (actor.kind !== "operator") throw notFound("operator");
  const now = new Date();
  const { claim, account, trier } = await transaction(scope, async (tx) => {
    const found = await tx.operator.findUnique({
      where: { id: actor.id },
      select: { id: true, email: true, name: true, role: true, passwordHash: true },
    });
    if (found === null) throw notFound("operator");
    const from = { email: found.email, address: actor.address, device: actor.sessionId };
    return { claim: await claimAttempt(tx, from, now), account: found, trier: from };
  });
  if (!claim.isAllowed) throw tooManyTries(claim.blockedTo.getTime() - now.getTime());
  const isRight = await verifyPassword(account.passwordHash, password);
  await transaction(scope, async (tx) => {
    if (isRight) return resetAttempts(tx, trier, now);
    const refusal = { target: account.email, result: "refused", reason: "wrong-password" };
    await appendEvent(tx, scope, { action, ...refusal });
  });
  if (!isRight) throw wrongPassword(field);
  return account;
}

/** The refusal of a wrong password, at the field where it was entered. */
export function wrongPassword(field: string): AppError {
  return new AppError("invalid", "The current password is wrong. Nothing was changed. Enter it again.", {
    [field]: "This is not your current password.",
  });
}

function tooManyTries(waitMs: number): AppError {
  return new AppError(
    "limited",
    `Too many attempts. The password was not checked and nothing was changed. Try again in ${toWait(waitMs)}.`,
  );
}
