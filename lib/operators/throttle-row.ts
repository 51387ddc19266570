import "server-only";
import {
  accountKey,
  accountPolicy,
  addressKey,
  addressPolicy,
  toDelays,
  type ThrottlePolicy,
} from "@/lib/operators/throttle";
import type { Transaction } from "@/lib/db/transaction";

/** The account and the network address of a try; each has its own count. */
export type Trier = { email: string; address: string };

/** `isAllowed`: this try was counted and may be checked. Either way the next try must wait until `blockedTo`. */
export type Claim = { isAllowed: boolean; blockedTo: Date };

/**
 * Counts a try before its password is checked. Of any number of simultaneous tries only one is allowed, because
 * counting it also sets the next wait: a guesser cannot outrun the count in parallel, and a process that dies while
 * checking has counted too much, never too little. A try in an account's waiting time does not extend it, but counts
 * for its network address.
 */
export async function claimAttempt(tx: Transaction, { email, address }: Trier, now: Date): Promise<Claim> {
  // Always the network address first: one order of locking cannot deadlock.
  const byAddress = await claimKey(tx, addressKey(address), addressPolicy, now);
  if (!byAddress.isAllowed) return byAddress;
  const byAccount = await claimKey(tx, accountKey(email), accountPolicy, now);
  const blockedTo = byAccount.blockedTo > byAddress.blockedTo ? byAccount.blockedTo : byAddress.blockedTo;
  return { isAllowed: byAccount.isAllowed, blockedTo };
}

/** The password was right: resets the account's count, and takes this try off the network address's count. */
export async function resetAttempts(tx: Transaction, { email, address }: Trier, now: Date): Promise<void> {
  await tx.$executeRaw`
    UPDATE login_throttle SET failures = greatest(failures - 1, 0), blocked_to = ${now}
    WHERE key = ${addressKey(address)}`;
  await tx.loginThrottle.deleteMany({ where: { key: accountKey(email) } });
  // Guesses create rows for accounts that do not exist; each sign-in deletes expired ones.
  await tx.loginThrottle.deleteMany({
    where: { updatedAt: { lt: new Date(now.getTime() - accountPolicy.windowMs) }, blockedTo: { lt: now } },
  });
}

/** One statement, so that it is atomic: a row in its waiting time is not updated, and nothing is returned. */
async function claimKey(tx: Transaction, key: string, policy: ThrottlePolicy, now: Date): Promise<Claim> {
  const delays = toDelays(policy);
  const windowStart = new Date(now.getTime() - policy.windowMs);
  const [claimed] = await tx.$queryRaw<{ blocked_to: Date }[]>`
    INSERT INTO login_throttle AS counted (key, failures, blocked_to, updated_at)
    VALUES (${key}, 1, ${now}::timestamptz + (${delays}::float8[])[1] * interval '1 millisecond', ${now})
    ON CONFLICT (key) DO UPDATE SET (failures, blocked_to, updated_at) = (
      SELECT next.failures, ${now}::timestamptz + (${delays}::float8[])[next.failures] * interval '1 millisecond', next.since
      FROM (SELECT
        CASE WHEN counted.updated_at <= ${windowStart} THEN 1 ELSE least(counted.failures + 1, ${delays.length}::int) END AS failures,
        CASE WHEN counted.updated_at <= ${windowStart} THEN ${now} ELSE counted.updated_at END AS since
      ) AS next
    )
    WHERE counted.blocked_to <= ${now}
    RETURNING blocked_to`;
  if (claimed) return { isAllowed: true, blockedTo: claimed.blocked_to };
  const row = await tx.loginThrottle.findUnique({ where: { key }, select: { blockedTo: true } });
  return { isAllowed: false, blockedTo: row?.blockedTo ?? now };
}
