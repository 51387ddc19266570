import "server-only";
import { createHash, randomBytes } from "node:crypto";
import { isRole } from "@/lib/auth/roles";
import type { RequestFacts, SessionFacts } from "@/lib/auth/scope";
import { type Transaction, transaction } from "@/lib/db/transaction";

/*
 * The session table is authoritative and is read for every request: a revoked session, a disabled operator, another
 * role or a withdrawn grant takes effect with the next request. The cookie carries a random id, and the table only
 * its SHA-256, so a copy of the table signs nobody in.
 */
export const sessionIdleMs = 2 * 60 * 60 * 1000;
export const sessionAbsoluteMs = 12 * 60 * 60 * 1000;

/** Recording every request's time would make each read a write; a minute is precise enough for two hours. */
const seenEveryMs = 60_000;
const userAgentCharsMax = 300;

/**
 * Finds a live session.
 * @param sid the random id of the cookie.
 * @returns null when the session may no longer act, whatever the cause
 */
export async function findSession(sid: string, now: Date = new Date()): Promise<SessionFacts | null> {
  return transaction({ tenants: "all" }, async (tx) => {
    const row = await tx.session.findUnique({
      where: { idHash: hashSessionId(sid) },
      select: {
        id: true,
        seenAt: true,
        expiresAt: true,
        revokedAt: true,
        operator: {
          select: {
            id: true,
            name: true,
            email: true,
            role: true,
            disabledAt: true,
            grants: { select: { tenantId: true } },
          },
        },
      },
    });
    if (row === null || row.operator.disabledAt !== null || !isSessionLive(row, now)) return null;
    const { id, name, email, role, grants } = row.operator;
    if (!isRole(role)) throw new Error("An operator has a role that this version does not know.");
    if (now.getTime() - row.seenAt.getTime() >= seenEveryMs)
      await tx.session.updateMany({ where: { id: row.id, seenAt: { lt: now } }, data: { seenAt: now } });
    return {
      sessionId: row.id,
      operatorId: id,
      name,
      email,
      role,
      tenantIds: grants.map((grant) => grant.tenantId),
    };
  });
}

/** A session ends after two hours without a request, and after twelve hours in any case. */
function isSessionLive(
  session: { seenAt: Date; expiresAt: Date; revokedAt: Date | null },
  now: Date,
): boolean {
  if (session.revokedAt !== null) return false;
  return now < session.expiresAt && now.getTime() - session.seenAt.getTime() < sessionIdleMs;
}

/**
 * Creates a session.
 * @returns `sid`, 256 random bits as base64url, for the cookie only; and the row's id, for the audit log
 */
export async function createSession(
  tx: Transaction,
  { operatorId, request }: { operatorId: string; request: RequestFacts },
  now: Date,
): Promise<{ sid: string; sessionId: string }> {
  const sid = randomBytes(32).toString("base64url");
  const { id } = await tx.session.create({
    data: {
      operatorId,
      idHash: hashSessionId(sid),
      address: request.address,
      userAgent: request.userAgent.slice(0, userAgentCharsMax),
      createdAt: now,
      seenAt: now,
      expiresAt: new Date(now.getTime() + sessionAbsoluteMs),
    },
    select: { id: true },
  });
  return { sid, sessionId: id };
}

/**
 * Revokes a session.
 * @returns whether it was live until now
 */
export async function revokeSession(tx: Transaction, sessionId: string, now: Date): Promise<boolean> {
  const { count } = await tx.session.updateMany({
    where: { id: sessionId, revokedAt: null },
    data: { revokedAt: now },
  });
  return count > 0;
}

/**
 * Revokes the session of a cookie that another one replaces.
 * @param sid the random id of the cookie; it may be of any age, or invented
 * @returns whether it was live until now
 */
export async function revokeReplaced(tx: Transaction, sid: string, now: Date): Promise<boolean> {
  const { count } = await tx.session.updateMany({
    where: { idHash: hashSessionId(sid), revokedAt: null, expiresAt: { gt: now } },
    data: { revokedAt: now },
  });
  return count > 0;
}

/**
 * Revokes an operator's sessions.
 * @param exceptId the session that stays, when operators end their other sessions.
 * @returns how many ended
 */
export async function revokeSessions(
  tx: Transaction,
  { operatorId, exceptId }: { operatorId: string; exceptId?: string },
  now: Date,
): Promise<number> {
  const { count } = await tx.session.updateMany({
    where: { operatorId, revokedAt: null, expiresAt: { gt: now }, id: { not: exceptId } },
    data: { revokedAt: now },
  });
  return count;
}

function hashSessionId(sid: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash("sha256").update(sid).digest());
}
