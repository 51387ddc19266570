/** Ids of one tenant and its rows, of the technician's own tenant, and of another operator. */
export type Ids = {
  tenantId: string;
  changeId: string;
  changeNumber: number;
  operationId: string;
  resourceId: string;
  planHash: string;
  eventId: number;
  issueId: string;
  driftId: string;
  importId: string;
  ownTenantId: string;
  operatorId: string;
};

/**
 * not-found: a technician may do it in granted tenants. forbidden: a technician may not do it anywhere. own: it takes
 * no foreign id and acts on the caller.
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
  // Includes one of their own tenants: the whole request is refused.
  "lib/changes/actions.ts planChangeAction": notFound(({ tenantId, ownTenantId, resourceId }) => ({
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
  "lib/changes/actions.ts applyChangeAction": notFound(({ changeId, planHash }) => ({
    changeId,
    planHash,
  })),
  "lib/changes/actions.ts discardPlanAction": notFound(change),
  "lib/changes/actions.ts withdrawApplyAction": notFound(change),
  "lib/engine/drift/actions.ts decideDriftAction": notFound((ids) => ({
    ...tenant(ids),
    driftIds: [ids.driftId],
    decision: "accept",
    reason,
  })),
  "lib/changes/actions.ts replanChangeAction": notFound(change),
  "lib/changes/actions.ts approveHeldAction": notFound(({ changeId, planHash }) => ({
    changeId,
    planHash,
    reason,
  })),
  "lib/changes/actions.ts rejectHeldAction": notFound(({ changeId, planHash }) => ({
    changeId,
    planHash,
    reason,
  })),
  "lib/changes/actions.ts approveAloneAction": notFound(({ changeId, planHash }) => ({
    changeId,
    planHash,
    reason,
    count: 1,
    password: "not even asked for",
  })),
  "lib/changes/actions.ts stopApprovalAction": notFound(({ changeId }) => ({ changeId, reason })),
  "lib/changes/actions.ts scheduleChangeAction": notFound(({ changeId, planHash }) => ({
    changeId,
    planHash,
    zone: "Europe/Berlin",
    when: { localDateTime: "2026-12-24T08:00" },
  })),
  "lib/changes/actions.ts unscheduleChangeAction": notFound(change),
  "lib/changes/actions.ts pauseChangeAction": notFound((ids) => ({ ...change(ids), reason })),
  "lib/changes/actions.ts resumeChangeAction": notFound(change),
  "lib/changes/actions.ts cancelChangeAction": notFound((ids) => ({ ...change(ids), reason })),
  "lib/tenants/actions.ts setSyncIntervalAction": notFound((ids) => ({ ...tenant(ids), everyMinutes: "5" })),
  "lib/tenants/actions.ts setReconcilesAction": forbidden((ids) => ({
    ...tenant(ids),
    reconciles: "on",
    reason,
  })),
  "lib/tenants/actions.ts requestSyncAction": notFound(tenant),
  "lib/roster/actions.ts adoptInventoryAction": notFound((ids) => ({ ...tenant(ids), reason })),
  "lib/roster/actions.ts savePolicyAction": notFound((ids) => ({
    ...tenant(ids),
    version: 0,
    grouping: { others: "none" },
  })),
  "lib/roster/actions.ts previewScopeAction": notFound((ids) => ({ ...tenant(ids), scoping: { anyOf: [] } })),
  "lib/roster/actions.ts samplePersonAction": notFound((ids) => ({
    ...tenant(ids),
    userNameKey: "dana@secret.example",
  })),
  "lib/roster/actions.ts setEntryAction": notFound((ids) => ({
    ...tenant(ids),
    userName: "dana@secret.example",
    active: false,
    reason,
  })),
  "lib/roster/actions.ts addGuardsAction": notFound((ids) => ({
    ...tenant(ids),
    kind: "excluded",
    addresses: "dana@secret.example",
    note: reason,
  })),
  "lib/roster/actions.ts removeGuardAction": notFound((ids) => ({
    ...tenant(ids),
    userNameKey: "dana@secret.example",
    kind: "protected",
    reason,
  })),
  "lib/imports/actions.ts checkImportAction": notFound(({ importId }) => ({
    importId,
    mode: "full",
    targets: ["userName"],
  })),
  "lib/imports/actions.ts discardImportAction": notFound(({ importId }) => ({ importId })),
  // Creates a tenant and names no other.
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
    rate: 1,
    inFlightMax: 1,
    visibleInMinutes: 1,
  })),
  "lib/tenants/actions.ts setHoldLimitsAction": forbidden((ids) => ({
    ...tenant(ids),
    archiveHoldMin: 0,
    archiveHoldPercent: 100,
    restoreHoldMin: 0,
    restoreHoldPercent: 100,
    removalHoldMin: 0,
    removalHoldPercent: 100,
    reason,
  })),
  "lib/tenants/actions.ts setSwitchesAction": forbidden((ids) => ({ ...tenant(ids), reason })),
  "lib/tenants/actions.ts setSeatsAction": forbidden((ids) => ({ ...tenant(ids), seats: "1", reason })),
  // Every operating role may stop the fleet; it names no tenant.
  "lib/fleet/actions.ts stopFleetAction": own,
  "lib/fleet/actions.ts resumeFleetAction": forbidden(() => ({ reason })),
  "lib/fleet/actions.ts setFleetLimitsAction": forbidden(() => ({
    holdMin: 1_000,
    holdPercent: 100,
    reason,
  })),
  "lib/tenants/actions.ts disconnectTenantAction": forbidden((ids) => ({
    ...tenant(ids),
    name: "Secret Client",
    reason,
  })),
  "lib/tenants/actions.ts viewFingerprintAction": notFound(tenant),
  "lib/issues/actions.ts resolveIssueAction": notFound(({ issueId }) => ({ issueId })),
};

/** The request's query or body, for routes that need more than their folders. */
export const routeRequests: Record<string, (ids: Ids) => Request> = {
  "app/api/imports/route.ts POST": ({ tenantId }) =>
    new Request(`https://rollcall.example/api/imports?fileName=x.csv&mode=merge&tenantId=${tenantId}`, {
      method: "POST",
      headers: { origin: "http://localhost:3000" },
      body: "Email\r\na@b.ch\r\n",
    }),
  "app/api/tenants/[tenantId]/exclusions/route.ts POST": ({ tenantId }) =>
    new Request(`https://rollcall.example/api/tenants/${tenantId}/exclusions?note=reason`, {
      method: "POST",
      headers: { origin: "http://localhost:3000" },
      body: "Email,Provisioning Managed\ndana@secret.example,false",
    }),
  "app/api/groups/route.ts GET": ({ tenantId }) =>
    new Request(`https://rollcall.example/api/groups?tenant=${tenantId}`),
  "app/api/groups/standing/route.ts GET": ({ tenantId }) =>
    new Request(`https://rollcall.example/api/groups/standing?tenant=${tenantId}`),
  "app/api/exports/[list]/route.ts GET": ({ tenantId }) =>
    new Request(`https://rollcall.example/api/exports/people?tenant=${tenantId}`),
};

/** The values of the folder names in brackets; `public` answers strangers and touches no tenant. */
export const routeCases: Record<string, "public" | ((ids: Ids) => Record<string, string>)> = {
  "app/api/auth/[...nextauth]/route.ts GET": "public",
  "app/api/auth/[...nextauth]/route.ts POST": "public",
  "app/api/changes/[changeId]/route.ts GET": change,
  // test/exports.db.test.ts requests every list with its filters.
  "app/api/exports/[list]/route.ts GET": () => ({ list: "people" }),
  "app/api/imports/route.ts POST": () => ({}),
  "app/api/imports/[importId]/problems/route.ts GET": ({ importId }) => ({ importId }),
  // The same for every operator: whether the fleet is stopped.
  "app/api/fleet/route.ts GET": () => ({}),
  "app/api/groups/route.ts GET": () => ({}),
  "app/api/groups/standing/route.ts GET": () => ({}),
  "app/api/health/route.ts GET": "public",
  "app/api/operations/[operationId]/route.ts GET": ({ operationId }) => ({ operationId }),
  "app/api/ready/route.ts GET": "public",
  "app/api/ready/worker/route.ts GET": "public",
  "app/api/tenants/route.ts GET": () => ({}),
  "app/api/tenants/choices/route.ts GET": () => ({}),
  "app/api/tenants/[tenantId]/route.ts GET": tenant,
  "app/api/tenants/[tenantId]/exclusions/route.ts POST": tenant,
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
  "lib/directory/data.ts listGroupNames": ({ tenantId }) => [{ tenantId, limit: 50 }],
  "lib/directory/data.ts listReads": inTenant,
  "lib/fleet/data.ts getFleet": () => [],
  "lib/changes/data.ts getWorkerAbsence": () => [],
  "lib/fleet/data.ts getFleetDay": () => [],
  "lib/operators/data.ts listOperators": () => [],
  "lib/operators/data.ts getOperator": ({ operatorId }) => [{ operatorId }],
  "lib/changes/data.ts listChanges": () => [{}],
  "lib/changes/data.ts listChangesInNeed": () => [],
  "lib/changes/data.ts findChangeId": ({ changeNumber }) => [{ number: changeNumber }],
  "lib/changes/data.ts getChange": ({ changeId }) => [{ changeId }],
  "lib/changes/data.ts listAttempts": ({ operationId }) => [{ operationId }],
  "lib/changes/data.ts listRuns": inTenant,
  "lib/imports/data.ts listImports": () => [{}],
  "lib/imports/data.ts getImport": ({ importId }) => [{ importId }],
  "lib/imports/data.ts listProblems": ({ importId }) => [{ importId }],
  "lib/imports/data.ts listWarnings": ({ importId }) => [{ importId }],
  "lib/imports/data.ts listBadRows": ({ importId }) => [{ importId }],
  "lib/roster/data.ts listEntries": ({ tenantId }) => [{ tenantId }],
  "lib/roster/data.ts findEntry": ({ tenantId }) => [{ tenantId, userNameKey: "dana@secret.example" }],
  "lib/roster/data.ts getPolicy": ({ tenantId }) => [{ tenantId }],
  "lib/roster/data.ts listGuards": ({ tenantId }) => [{ tenantId }],
  "lib/roster/data.ts getRosterFacts": ({ tenantId }) => [{ tenantId }],
  "lib/roster/data.ts samplePerson": ({ tenantId }) => [{ tenantId, userNameKey: "dana@secret.example" }],
  "lib/roster/data.ts previewScope": ({ tenantId }) => [{ tenantId, scoping: { anyOf: [] } }],
  "lib/engine/drift/data.ts listOpenDrift": ({ tenantId }) => [{ tenantId }],
  "lib/engine/drift/data.ts listDriftingTenants": () => [],
  "lib/issues/data.ts countOpenIssues": () => [],
  "lib/engine/drift/data.ts listDecidedDrift": inTenant,
  "lib/issues/data.ts listIssues": ({ tenantId }) => [{ tenantId, state: "open" }],
  "lib/tenants/data.ts getHealth": ({ tenantId }) => [{ tenantId }],
  "lib/tenants/data.ts listTenants": () => [],
  "lib/tenants/data.ts listTenantPage": () => [{}],
  "lib/tenants/data.ts listTenantsInNeed": () => [],
  "lib/tenants/data.ts listTenantOptions": ({ tenantId }) => [{ ids: [tenantId], limit: 50 }],
  "lib/tenants/data.ts findOldestRead": ({ tenantId }) => [{ tenantId }],
  "lib/tenants/data.ts getTenant": ({ tenantId }) => [{ tenantId }],
  "lib/tenants/data.ts getAbsences": ({ tenantId }) => [{ tenantId }],
  "lib/tenants/data.ts listAbsent": inTenant,
};
