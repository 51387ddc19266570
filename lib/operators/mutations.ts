import "server-only";
import { appendEvent } from "@/lib/audit/log/append";
import { authorize } from "@/lib/auth/authorize";
import { hashPassword } from "@/lib/auth/password";
import type { Scope } from "@/lib/auth/scope";
import { revokeSessions } from "@/lib/auth/session";
import { type Transaction, transaction } from "@/lib/db/transaction";
import { AppError, notFound } from "@/lib/errors";
import { requireGoodPassword } from "@/lib/operators/require-good-password";
import type { CreateOperator, OperatorId, SetGrants, SetRole } from "@/lib/operators/schema";

/** @throws AppError "conflict" for an address in use, "invalid" for a weak password, "not-found" for a tenant */
export async function createOperator(scope: Scope, input: CreateOperator): Promise<{ operatorId: string }> {
  authorize(scope, "operator.manage", input.tenantIds);
  requireGoodPassword("password", input.password, input);
  const passwordHash = await hashPassword(input.password);
  const { name, email, role } = input;
  const tenantIds = role === "technician" ? toDistinct(input.tenantIds) : [];
  return transaction(scope, async (tx) => {
    const [created] = await tx.operator.createManyAndReturn({
      data: { name, email, role, passwordHash },
      skipDuplicates: true,
      select: { id: true },
    });
    if (!created) throw addressInUse();
    await replaceGrants(tx, created.id, tenantIds);
    await appendEvent(tx, scope, {
      action: "operator.created",
      target: email,
      after: { name, email, role, tenantIds },
    });
    return { operatorId: created.id };
  });
}

/**
 * Sets a role, which applies from the operator's next request. An operator who is no longer a technician keeps no
 * grants.
 */
export async function setRole(scope: Scope, { operatorId, role }: SetRole): Promise<void> {
  authorize(scope, "operator.manage");
  await transaction(scope, async (tx) => {
    const operator = await lockOperator(tx, operatorId);
    if (operator.role === role) return;
    if (operator.role === "owner") refuseLastOwner(operator);
    await tx.operator.update({ where: { id: operatorId }, data: { role } });
    if (role !== "technician") await replaceGrants(tx, operatorId, []);
    await appendEvent(tx, scope, {
      action: "operator.role_changed",
      target: operator.email,
      before: { role: operator.role },
      after: { role },
    });
  });
}

/** Replaces a technician's grants; a withdrawn one ends with the technician's next request. */
export async function setGrants(scope: Scope, { operatorId, tenantIds }: SetGrants): Promise<void> {
  authorize(scope, "operator.manage", tenantIds);
  await transaction(scope, async (tx) => {
    const operator = await lockOperator(tx, operatorId);
    if (operator.role !== "technician")
      throw new AppError(
        "invalid",
        `Only a technician has grants; ${operator.name} sees every tenant. Nothing was changed. Make them a technician first.`,
      );
    const rows = await tx.tenantGrant.findMany({ where: { operatorId }, select: { tenantId: true } });
    const before = rows.map((grant) => grant.tenantId).toSorted();
    const after = toDistinct(tenantIds);
    if (before.join() === after.join()) return;
    await replaceGrants(tx, operatorId, after);
    await appendEvent(tx, scope, {
      action: "operator.grants_changed",
      target: operator.email,
      before: { tenantIds: before },
      after: { tenantIds: after },
    });
  });
}

/** Disables an operator and ends all of their sessions. Changes that they started continue; nothing new begins. */
export async function disableOperator(scope: Scope, { operatorId }: OperatorId): Promise<void> {
  authorize(scope, "operator.manage");
  const now = new Date();
  await transaction(scope, async (tx) => {
    const operator = await lockOperator(tx, operatorId);
    if (operator.isDisabled) return;
    if (operator.role === "owner") refuseLastOwner(operator);
    await tx.operator.update({ where: { id: operatorId }, data: { disabledAt: now } });
    const sessions = await revokeSessions(tx, { operatorId }, now);
    await appendEvent(tx, scope, {
      action: "operator.disabled",
      target: operator.email,
      details: { sessions },
    });
  });
}

export async function enableOperator(scope: Scope, { operatorId }: OperatorId): Promise<void> {
  authorize(scope, "operator.manage");
  await transaction(scope, async (tx) => {
    const operator = await lockOperator(tx, operatorId);
    if (!operator.isDisabled) return;
    await tx.operator.update({ where: { id: operatorId }, data: { disabledAt: null } });
    await appendEvent(tx, scope, { action: "operator.enabled", target: operator.email });
  });
}

/** Signs an operator out everywhere, as after a lost laptop. They may sign in again. */
export async function endSessions(scope: Scope, { operatorId }: OperatorId): Promise<void> {
  authorize(scope, "operator.manage");
  await transaction(scope, async (tx) => {
    const operator = await lockOperator(tx, operatorId);
    const sessions = await revokeSessions(tx, { operatorId }, new Date());
    if (sessions === 0) return;
    await appendEvent(tx, scope, {
      action: "session.revoked",
      target: operator.email,
      details: { sessions },
    });
  });
}

type LockedOperator = {
  email: string;
  name: string;
  role: string;
  isDisabled: boolean;
  isLastOwner: boolean;
};

/**
 * Locks the operator and every owner who can sign in, always in the order of their ids: when two owners demote each
 * other at the same moment, the second finds itself the last.
 */
async function lockOperator(tx: Transaction, operatorId: string): Promise<LockedOperator> {
  const rows = await tx.$queryRaw<
    { id: string; email: string; name: string; role: string; disabled_at: Date | null }[]
  >`
    SELECT id, email, name, role, disabled_at FROM operator
    WHERE id = ${operatorId}::uuid OR (role = 'owner' AND disabled_at IS NULL)
    ORDER BY id FOR UPDATE`;
  const found = rows.find((row) => row.id === operatorId);
  if (!found) throw notFound("operator");
  const owners = rows.filter((row) => row.role === "owner" && row.disabled_at === null);
  const isLastOwner = owners.length === 1 && owners[0]?.id === operatorId;
  return { ...found, isDisabled: found.disabled_at !== null, isLastOwner };
}

function refuseLastOwner({ name, isLastOwner }: LockedOperator): void {
  if (!isLastOwner) return;
  throw new AppError(
    "conflict",
    `${name} is the last owner who can sign in. Nothing was changed. Make somebody else an owner first.`,
  );
}

/** @throws AppError "not-found" when one of them does not exist or is outside the transaction's reach */
async function replaceGrants(
  tx: Transaction,
  operatorId: string,
  tenantIds: readonly string[],
): Promise<void> {
  const known = await tx.tenant.count({ where: { id: { in: [...tenantIds] } } });
  if (known !== tenantIds.length) throw notFound("tenant");
  await tx.tenantGrant.deleteMany({ where: { operatorId, tenantId: { notIn: [...tenantIds] } } });
  await tx.tenantGrant.createMany({
    data: tenantIds.map((tenantId) => ({ operatorId, tenantId })),
    skipDuplicates: true,
  });
}

function toDistinct(ids: readonly string[]): string[] {
  return [...new Set(ids.map((id) => id.toLowerCase()))].toSorted();
}

function addressInUse(): AppError {
  return new AppError(
    "conflict",
    "Another operator has this e-mail address. Nothing was changed. Edit that operator, or use another address.",
    {
      email: "Another operator has this address.",
    },
  );
}
