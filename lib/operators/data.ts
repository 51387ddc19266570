import "server-only";
import { authorize } from "@/lib/auth/authorize";
import { type Role, isRole } from "@/lib/auth/roles";
import type { Scope } from "@/lib/auth/scope";
import { transaction } from "@/lib/db/transaction";
import { notFound } from "@/lib/errors";
import type { OperatorId } from "@/lib/operators/schema";

/** An operator as screens show one. */
export type OperatorSummary = {
  id: string;
  name: string;
  email: string;
  role: Role;
  isDisabled: boolean;
  createdAt: Date;
  /** when one of their sessions was last used, or null */
  seenAt: Date | null;
  /** a technician's granted tenants */
  tenantIds: string[];
};

const fields = {
  id: true,
  name: true,
  email: true,
  role: true,
  disabledAt: true,
  createdAt: true,
  grants: { select: { tenantId: true } },
  sessions: { select: { seenAt: true }, orderBy: { seenAt: "desc" }, take: 1 },
} as const;

/** Lists every operator, by name: an MSP has tens of them, so this is one page. */
export async function listOperators(scope: Scope): Promise<OperatorSummary[]> {
  authorize(scope, "operator.manage");
  return transaction(scope, async (tx) => {
    const rows = await tx.operator.findMany({ select: fields, orderBy: [{ name: "asc" }, { id: "asc" }] });
    return rows.map(toOperatorSummary);
  });
}

export async function getOperator(scope: Scope, { operatorId }: OperatorId): Promise<OperatorSummary> {
  authorize(scope, "operator.manage");
  return transaction(scope, async (tx) => {
    const row = await tx.operator.findUnique({ where: { id: operatorId }, select: fields });
    if (row === null) throw notFound("operator");
    return toOperatorSummary(row);
  });
}

type OperatorRow = {
  id: string;
  name: string;
  email: string;
  role: string;
  disabledAt: Date | null;
  createdAt: Date;
  grants: { tenantId: string }[];
  sessions: { seenAt: Date }[];
};

function toOperatorSummary({ disabledAt, grants, sessions, role, ...row }: OperatorRow): OperatorSummary {
  if (!isRole(role)) throw new Error("An operator has a role that this version does not know.");
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    role,
    isDisabled: disabledAt !== null,
    createdAt: row.createdAt,
    seenAt: sessions[0]?.seenAt ?? null,
    tenantIds: grants.map((grant) => grant.tenantId),
  };
}
