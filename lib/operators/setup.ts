import "server-only";
import { appendEvents } from "@/lib/audit/log/append";
import { hashPassword } from "@/lib/auth/password";
import { type RequestFacts, systemScope } from "@/lib/auth/scope";
import { type Transaction, transaction } from "@/lib/db/transaction";
import { AppError } from "@/lib/errors";
import { requireGoodPassword } from "@/lib/operators/require-good-password";
import type { FirstOwner } from "@/lib/operators/schema";

/*
 * Setting up: the other exception to "a mutation first authorizes". Nobody can be signed in before the first owner
 * exists; it is safe because it works only once.
 */

/** An arbitrary number that no other advisory lock of ours uses. */
const setupLock = 7_215_001;

/** Whether the first owner exists, which closes the set-up page for good. */
export async function isSetUp(): Promise<boolean> {
  return transaction({ tenants: [] }, hasOperator);
}

/**
 * Creates the first owner, once: of many callers at a time one succeeds.
 * @throws AppError "conflict" when an operator exists already, "invalid" when the password is too weak
 */
export async function createFirstOwner(
  request: RequestFacts,
  { name, email, password }: FirstOwner,
): Promise<{ operatorId: string }> {
  // Checked before hashing: otherwise anybody could keep the processor busy.
  if (await isSetUp()) throw alreadySetUp();
  requireGoodPassword("password", password, { role: "owner", email, name });
  const passwordHash = await hashPassword(password);
  const scope = systemScope("setup", [], request.requestId);
  return transaction(scope, async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(${setupLock}::bigint)`;
    if (await hasOperator(tx)) throw alreadySetUp();
    const { id } = await tx.operator.create({
      data: { name, email, role: "owner", passwordHash },
      select: { id: true },
    });
    const details = { address: request.address, userAgent: request.userAgent };
    await appendEvents(tx, scope, [
      { action: "operator.created", target: email, after: { name, email, role: "owner" } },
      { action: "setup.completed", target: email, details },
    ]);
    return { operatorId: id };
  });
}

async function hasOperator(tx: Transaction): Promise<boolean> {
  return (await tx.operator.findFirst({ select: { id: true } })) !== null;
}

function alreadySetUp(): AppError {
  return new AppError(
    "conflict",
    "Rollcall is already set up. Nothing was changed. Sign in, or ask an owner for an account.",
  );
}
