import "server-only";
import { authorize } from "@/lib/auth/authorize";
import { verifyPassword } from "@/lib/auth/password";
import { operatorIdOf, type Scope } from "@/lib/auth/scope";
import { transaction } from "@/lib/db/transaction";
import { AppError, notFound } from "@/lib/errors";
import { toWait } from "@/lib/operators/sign-in-refusal";
import { claimAttempt, resetAttempts } from "@/lib/operators/throttle-row";

/**
 * Has an operator enter their password again before what an unlocked screen must not be enough for. Throttled like a
 * sign-in.
 * @returns the account's id and the hash that matched, for whoever replaces it.
 * @throws AppError "invalid" at `field`, "limited" while waiting
 */
export async function requireOwnPassword(
  scope: Scope,
  { password, field }: { password: string; field: string },
): Promise<{ id: string; passwordHash: string }> {
  authorize(scope, "self.manage");
  const { actor } = scope;
  const now = new Date();
  const { claim, account, trier } = await transaction(scope, async (tx) => {
    const found = await tx.operator.findUnique({
      where: { id: operatorIdOf(scope) },
      select: { id: true, email: true, passwordHash: true },
    });
    if (!found || actor.kind !== "operator") throw notFound("operator");
    const from = { email: found.email, address: actor.address };
    return { claim: await claimAttempt(tx, from, now), account: found, trier: from };
  });
  if (!claim.isAllowed) throw tooManyTries(claim.blockedTo.getTime() - now.getTime());
  if (!(await verifyPassword(account.passwordHash, password))) throw wrongPassword(field);
  await transaction(scope, (tx) => resetAttempts(tx, trier, now));
  return account;
}

function wrongPassword(field: string): AppError {
  return new AppError("invalid", "The password is wrong. Nothing was changed. Enter it again.", {
    [field]: "This is not your current password.",
  });
}

function tooManyTries(waitMs: number): AppError {
  return new AppError(
    "limited",
    `Too many attempts. The password was not checked and nothing was changed. Try again in ${toWait(waitMs)}.`,
  );
}
