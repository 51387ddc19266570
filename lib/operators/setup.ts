import "server-only";
import { appendEvents } from "@/lib/audit/log/append";
import { hashPassword } from "@/lib/auth/password";
import { type RequestFacts, type Scope, systemScope } from "@/lib/auth/scope";
import { type Transaction, transaction } from "@/lib/db/transaction";
import { AppError } from "@/lib/errors";
import { requireGoodPassword } from "@/lib/operators/require-good-password";
import type { FirstOwner } from "@/lib/operators/schema";
import { hashSetupCode } from "@/lib/operators/setup-code";
import { toWait } from "@/lib/operators/sign-in-refusal";
import { claimAttempt, resetAttempts } from "@/lib/operators/throttle-row";

/*
 * Setting up: the other exception to "a mutation first authorizes". Nobody can be signed in before the first owner
 * exists; it is safe because it works only once, and for whoever reads the console where Rollcall was started.
 */

/** An arbitrary number that no other advisory lock of ours uses. */
const setupLock = 7_215_001;

/** Whether the first owner exists, which closes the set-up page for good. */
export async function isSetUp(): Promise<boolean> {
  return transaction({ tenants: [] }, hasOperator);
}

/** Wrong codes count like wrong passwords of this account, which no operator can have. */
const codeAccount = "set-up code";

/**
 * Creates the first owner, once: of many callers at a time one succeeds.
 * @throws AppError "conflict" when an operator exists already, "limited" after wrong codes, "invalid" at `code`, or at
 *   `password` when it is too weak
 */
export async function createFirstOwner(
  request: RequestFacts,
  { name, email, password, code }: FirstOwner,
): Promise<{ operatorId: string }> {
  const scope = systemScope("setup", [], request.requestId);
  const codeHash = hashSetupCode(code);
  // Checked before hashing: otherwise anybody could keep the processor busy.
  await requireCode(scope, request, codeHash);
  requireGoodPassword("password", password, { role: "owner", email, name });
  const passwordHash = await hashPassword(password);
  return transaction(scope, async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(${setupLock}::bigint)`;
    if (await hasOperator(tx)) throw alreadySetUp();
    const { count } = await tx.setupCode.deleteMany({ where: { codeHash } });
    if (count === 0) throw wrongCode();
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

/** Counts the try first, and takes it back where the code is right: a weak password costs no wait. */
async function requireCode(
  scope: Scope,
  { address }: RequestFacts,
  codeHash: Uint8Array<ArrayBuffer>,
): Promise<void> {
  const now = new Date();
  const trier = { email: codeAccount, address, device: null };
  const { isSet, claim, isRight } = await transaction(scope, async (tx) => {
    // Whoever sets up takes the code away, so the code is looked for before the operator.
    const found = await tx.setupCode.findUnique({ where: { codeHash }, select: { createdAt: true } });
    if (await hasOperator(tx)) return { isSet: true, claim: null, isRight: false };
    const claimed = await claimAttempt(tx, trier, now);
    if (claimed.isAllowed && found !== null) await resetAttempts(tx, trier, now);
    return { isSet: false, claim: claimed, isRight: found !== null };
  });
  if (isSet || claim === null) throw alreadySetUp();
  if (!claim.isAllowed) throw tooManyCodes(claim.blockedTo.getTime() - now.getTime());
  if (!isRight) throw wrongCode();
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

function wrongCode(): AppError {
  return new AppError(
    "invalid",
    "The set-up code is wrong. Nothing was changed. Take it from the console of the last start; starting Rollcall again prints a new one.",
    { code: "This is not the code that the last start printed." },
  );
}

function tooManyCodes(waitMs: number): AppError {
  return new AppError(
    "limited",
    `Too many attempts. The code was not checked and nothing was changed. Try again in ${toWait(waitMs)}.`,
  );
}
