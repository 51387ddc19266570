import { expect } from "vitest";
import { listReads } from "@/lib/directory/data";
import { requestRead } from "@/lib/directory/mutations";
import { listOpenDrift } from "@/lib/engine/drift/data";
import type { DriftDecision } from "@/lib/engine/drift/decisions";
import { decideDrift } from "@/lib/engine/drift/mutations";
import type { OpenDrift } from "@/lib/engine/drift/types";
import { listIssues } from "@/lib/issues/data";
import type { FleetTenant } from "@/test/fleet";
import type { Stack } from "@/test/stack";
import { waitFor } from "@/lib/wait-for";

export type Person = { resourceId: string; userName: string };

/** The people of a tenant as its mirror holds them. */
export function peopleOf({ rows }: Stack, { tenantId }: FleetTenant): Promise<Person[]> {
  return rows<Person>(
    'SELECT resource_id AS "resourceId", user_name AS "userName" FROM directory_user WHERE tenant_id = $1 ORDER BY 1',
    [tenantId],
  );
}

/** Writes as another source does: over SCIM with the same token. @returns the answer's body, if any */
export async function askAsOther(
  { tenantUrl, token }: Pick<FleetTenant, "tenantUrl" | "token">,
  method: string,
  path: string,
  body?: object,
): Promise<{ id: string }> {
  const answer = await fetch(`${tenantUrl}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, "content-type": "application/scim+json" },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const text = await answer.text();
  expect(answer.ok, text).toBe(true);
  return text === "" ? { id: "" } : JSON.parse(text);
}

export async function makeGroupAsOther(
  tenant: Pick<FleetTenant, "tenantUrl" | "token">,
  displayName: string,
  members: readonly Person[],
): Promise<string> {
  const schemas = ["urn:ietf:params:scim:schemas:core:2.0:Group"];
  const body = { schemas, displayName, members: members.map(({ resourceId }) => ({ value: resourceId })) };
  return (await askAsOther(tenant, "POST", "/Groups", body)).id;
}

/** @param operations as a SCIM PATCH names them */
export async function patchGroupAsOther(
  tenant: Pick<FleetTenant, "tenantUrl" | "token">,
  groupId: string,
  ...operations: object[]
): Promise<void> {
  const schemas = ["urn:ietf:params:scim:api:messages:2.0:PatchOp"];
  await askAsOther(tenant, "PATCH", `/Groups/${groupId}`, { schemas, Operations: operations });
}

export const adding = (...people: readonly Person[]) => ({
  op: "add",
  path: "members",
  value: people.map(({ resourceId }) => ({ value: resourceId })),
});

export const removing = ({ resourceId }: Person) => ({
  op: "remove",
  path: `members[value eq "${resourceId}"]`,
});

/** Reads the directory and waits until the changes it showed are judged. */
export async function read({ owner, rows }: Stack, { tenantId, slug }: FleetTenant): Promise<void> {
  await requestRead(owner, { tenantId });
  await waitFor(async () => {
    const [latest] = await listReads(owner, { tenantId, limit: 1 });
    const unjudged = await rows("SELECT FROM drift WHERE tenant_id = $1 AND state = 'unjudged'", [tenantId]);
    return latest?.state === "complete" && unjudged.length === 0;
  }, `a read of ${slug} to be judged`);
}

export async function openOf({ owner }: Stack, { tenantId }: FleetTenant): Promise<OpenDrift[]> {
  return (await listOpenDrift(owner, { tenantId })).rows;
}

/** Open drift: whose it is, and its old and new values, in a fixed order. */
export async function openStepsOf(stack: Stack, tenant: FleetTenant) {
  const open = await openOf(stack, tenant);
  return open
    .map(({ resourceId, before, after }) => [resourceId, before, after])
    .sort((a, b) => (String(a) < String(b) ? -1 : 1));
}

export async function openCodes({ owner }: Stack, { tenantId }: FleetTenant): Promise<string[]> {
  return (await listIssues(owner, { tenantId, state: "open" })).rows.map(({ code }) => code);
}

/** @returns the changes that put values back */
export async function decide(
  { owner }: Stack,
  { tenantId }: FleetTenant,
  decision: DriftDecision,
  rows: readonly OpenDrift[],
): Promise<string[]> {
  const driftIds = rows.map(({ id }) => id);
  const reason = "Somebody looked at it";
  return (await decideDrift(owner, { tenantId, driftIds, decision, reason })).changeIds;
}
