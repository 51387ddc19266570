/** Ids of one tenant and of what belongs to it; of the technician's own tenant, and of another operator. */
export type Ids = {
  tenantId: string;
  changeId: string;
  operationId: string;
  resourceId: string;
  planHash: string;
  eventId: number;
  ownTenantId: string;
  operatorId: string;
};

/**
 * not-found: a technician may do it, in their own tenants. forbidden: a technician may not, anywhere. own: it takes
 * no id of anybody else's, and acts on who calls it.
 */
export type ActionCase =
  | { answer: "own" }
  | { answer: "not-found" | "forbidden"; input: (ids: Ids) => unknown };

const reason = "I know the ids";
const tenant = ({ tenantId }: Ids) => ({ tenantId });
const change = ({ changeId }: Ids) => ({ changeId });
const operator = ({ operatorId }: Ids) => ({ operatorId });
const password = "nine copper kettles hum quietly";
const own: ActionCase = { answer: "own" };

function notFound(input: (ids: Ids) => unknown): ActionCase {
  return { answer: "not-found", input };
}

function forbidden(input: (ids: Ids) => unknown): ActionCase {
  return { answer: "forbidden", input };
}

export const actionCases: Record<string, ActionCase> = {
  "lib/audit/actions.ts verifyAuditAction": forbidden(() => ({})),
  "lib/directory/actions.ts requestReadAction": notFound(tenant),
  "lib/operators/actions.ts createFirstOwnerAction": own,
  "lib/operators/actions.ts signOutAction": own,
  "lib/operators/actions.ts changePasswordAction": own,
  "lib/operators/actions.ts createOperatorAction": forbidden(({ tenantId }) => ({
    name: "Eve",
    email: "eve@rollcall.test",
    role: "technician",
    password,
    tenantIds: [tenantId],
  })),
  "lib/operators/actions.ts setRoleAction": forbidden((ids) => ({ ...operator(ids), role: "auditor" })),
  "lib/operators/actions.ts setGrantsAction": forbidden((ids) => ({
    ...operator(ids),
    tenantIds: [ids.tenantId],
  })),
  "lib/operators/actions.ts disableOperatorAction": forbidden(operator),
  "lib/operators/actions.ts enableOperatorAction": forbidden(operator),
  "lib/operators/actions.ts endSessionsAction": forbidden(operator),
  "lib/operators/actions.ts resetPasswordAction": forbidden((ids) => ({
    ...operator(ids),
    newPassword: password,
  })),
  // With one tenant of their own beside it: all of it is refused, or none.
  "lib/provisioning/actions.ts planChangeAction": notFound(({ tenantId, ownTenantId, resourceId }) => ({
    intent: {
      kind: "offboard",
      accounts: [ownTenantId, tenantId].map((id) => ({
        tenantId: id,
        resourceId,
        userName: "dana@secret.example",
      })),
    },
    reason,
  })),
  "lib/provisioning/actions.ts applyChangeAction": notFound(({ changeId, planHash }) => ({
    changeId,
    planHash,
  })),
  "lib/provisioning/actions.ts cancelChangeAction": notFound(change),
  "lib/provisioning/actions.ts replanChangeAction": notFound(change),
  "lib/provisioning/actions.ts releaseHeldAction": notFound(({ changeId, planHash }) => ({
    changeId,
    planHash,
    reason,
  })),
  // Makes a tenant of their own and names no other.
  "lib/tenants/actions.ts connectTenantAction": own,
  "lib/tenants/actions.ts replaceTokenAction": notFound((ids) => ({
    ...tenant(ids),
    token: "a-token-of-mine",
    reason,
  })),
  "lib/tenants/actions.ts pauseTenantAction": notFound((ids) => ({ ...tenant(ids), reason })),
  "lib/tenants/actions.ts resumeTenantAction": notFound(tenant),
  "lib/tenants/actions.ts setModeAction": forbidden((ids) => ({
    ...tenant(ids),
    mode: "observe",
    testMode: "off",
    reason,
  })),
  "lib/tenants/actions.ts updateTenantAction": notFound((ids) => ({
    ...tenant(ids),
    name: "Mine",
    domains: "",
    archiveHoldMin: 0,
    archiveHoldPercent: 0,
    rate: 1,
    inFlightMax: 1,
  })),
  "lib/tenants/actions.ts disconnectTenantAction": forbidden((ids) => ({
    ...tenant(ids),
    name: "Secret Client",
    reason,
  })),
  "lib/tenants/actions.ts viewFingerprintAction": notFound(tenant),
};

/** What the folder names in brackets stand for; `public` answers strangers and knows no tenant. */
export const routeCases: Record<string, "public" | ((ids: Ids) => Record<string, string>)> = {
  "app/api/auth/[...nextauth]/route.ts GET": "public",
  "app/api/auth/[...nextauth]/route.ts POST": "public",
  "app/api/changes/[changeId]/route.ts GET": change,
  "app/api/health/route.ts GET": "public",
  "app/api/operations/[operationId]/route.ts GET": ({ operationId }) => ({ operationId }),
  "app/api/ready/route.ts GET": "public",
  "app/api/tenants/[tenantId]/route.ts GET": tenant,
};

const inTenant = ({ tenantId }: Ids) => [{ tenantId, limit: 50 }];

export const readCases: Record<string, (ids: Ids) => unknown[]> = {
  "lib/audit/data.ts listEvents": ({ tenantId }) => [{ tenantId, limit: 50 }],
  "lib/audit/data.ts getEvent": ({ eventId }) => [{ id: eventId }],
  "lib/audit/data.ts findEvent": ({ eventId }) => [{ id: eventId }],
  "lib/audit/data.ts listActors": () => [],
  "lib/audit/data.ts getSealStatus": () => [new Date("2026-11-21T08:00:00Z")],
  "lib/directory/data.ts listAccounts": ({ tenantId }) => [{ tenantId }],
  "lib/directory/data.ts findAccount": ({ tenantId, resourceId }) => [{ tenantId, resourceId }],
  "lib/directory/data.ts listAccountsOfPerson": () => [
    { keys: ["dana@secret.example"], externalIds: ["rc-dana"] },
  ],
  "lib/directory/data.ts listAccountsOfName": () => [{ name: "Dana of Secret Client" }],
  "lib/directory/data.ts listGroups": ({ tenantId }) => [{ tenantIds: [tenantId] }],
  "lib/directory/data.ts listReads": inTenant,
  "lib/operators/data.ts listOperators": () => [],
  "lib/operators/data.ts getOperator": ({ operatorId }) => [{ operatorId }],
  "lib/provisioning/data.ts listChanges": () => [{}],
  "lib/provisioning/data.ts getChange": ({ changeId }) => [{ changeId }],
  "lib/provisioning/data.ts listAttempts": ({ operationId }) => [{ operationId }],
  "lib/provisioning/data.ts listRuns": inTenant,
  "lib/tenants/data.ts listTenants": () => [],
  "lib/tenants/data.ts getTenant": ({ tenantId }) => [{ tenantId }],
};
