import "server-only";
import {
  accountKey,
  accountPolicy,
  addressKey,
  addressPolicy,
  budgetKey,
  budgetWindowMs,
  deviceKey,
  strangersAMinute,
  toDelays,
  type ThrottlePolicy,
} from "@/lib/operators/throttle";
import type { Transaction } from "@/lib/db/transaction";

/**
 * Who tries a password of which account.
 * @property device the id of a device that this account signed in from before, or of its session; null for a stranger
 */
export type Trier = { email: string; address: string; device: string | null };

/** `isAllowed`: this try was counted and may be checked. Either way the next try must wait until `blockedTo`. */
export type Claim = { isAllowed: boolean; blockedTo: Date };

/**
 * Counts a try before its password is checked. Of any number of simultaneous tries only one is allowed, because
 * counting it also sets the next wait: a guesser cannot outrun the count in parallel, and a process that dies while
 * checking has counted too much, never too little. A try in a waiting time does not extend that wait, but counts for
 * its network address.
 *
 * A known device has one count of its own. A stranger has three: the network address, the account as tried from there,
 * and the budget that all strangers share.
 */
export async function claimAttempt(tx: Transaction, trier: Trier, now: Date): Promise<Claim> {
  if (trier.device !== null) return claimKey(tx, deviceKey(trier.device), accountPolicy, now);
  // Looked at first, so that a stranger beyond the budget leaves no row. Taken last, so that whoever waits takes nothing.
  const spent = await findSpentBudget(tx, now);
  if (spent !== null) return { isAllowed: false, blockedTo: spent };
  // One order of locking cannot deadlock.
  const byAddress = await claimKey(tx, addressKey(trier.address), addressPolicy, now);
  if (!byAddress.isAllowed) return byAddress;
  const byAccount = await claimKey(tx, accountKey(trier.email, trier.address), accountPolicy, now);
  const blockedTo = byAccount.blockedTo > byAddress.blockedTo ? byAccount.blockedTo : byAddress.blockedTo;
  if (!byAccount.isAllowed) return { isAllowed: false, blockedTo };
  return { isAllowed: await claimBudget(tx, now), blockedTo };
}

/** The password was right: resets the trier's count, and takes this try off the network address's count. */
export async function resetAttempts(tx: Transaction, trier: Trier, now: Date): Promise<void> {
  if (trier.device !== null) {
    await tx.loginThrottle.deleteMany({ where: { key: deviceKey(trier.device) } });
    return;
  }
  await tx.$executeRaw`
    UPDATE login_throttle SET failures = greatest(failures - 1, 0), blocked_to = ${now}
    WHERE key = ${addressKey(trier.address)}`;
  await tx.loginThrottle.deleteMany({ where: { key: accountKey(trier.email, trier.address) } });
}

/** @returns when strangers may try again, or null while their budget lasts */
async function findSpentBudget(tx: Transaction, now: Date): Promise<Date | null> {
  const row = await tx.loginThrottle.findUnique({ where: { key: budgetKey } });
  if (row === null || row.failures < strangersAMinute) return null;
  const ends = new Date(row.updatedAt.getTime() + budgetWindowMs);
  return ends > now ? ends : null;
}

/** Takes one try from the strangers' budget. Whoever begins a new minute also deletes the counts that ended. */
async function claimBudget(tx: Transaction, now: Date): Promise<boolean> {
  const windowStart = new Date(now.getTime() - budgetWindowMs);
  const [taken] = await tx.$queryRaw<{ failures: number }[]>`
    INSERT INTO login_throttle AS counted (key, failures, blocked_to, updated_at)
    VALUES (${budgetKey}, 1, ${now}, ${now})
    ON CONFLICT (key) DO UPDATE SET (failures, blocked_to, updated_at) = (
      SELECT CASE WHEN over.yes THEN 1 ELSE counted.failures + 1 END, ${now}::timestamptz,
             CASE WHEN over.yes THEN ${now} ELSE counted.updated_at END
      FROM (SELECT counted.updated_at <= ${windowStart} AS yes) AS over
    )
    WHERE counted.updated_at <= ${windowStart} OR counted.failures < ${strangersAMinute}::int
    RETURNING failures`;
  if (taken?.failures === 1) await deleteEnded(tx, now);
  return taken !== undefined;
}

/** Guesses leave rows for accounts that do not exist. A row that somebody else holds is left for the next minute. */
async function deleteEnded(tx: Transaction, now: Date): Promise<void> {
  const before = new Date(now.getTime() - accountPolicy.windowMs);
  await tx.$executeRaw`
    DELETE FROM login_throttle WHERE key IN (
      SELECT key FROM login_throttle WHERE updated_at < ${before} AND blocked_to < ${now} FOR UPDATE SKIP LOCKED)`;
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
