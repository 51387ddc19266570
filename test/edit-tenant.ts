import { requestRead } from "@/lib/directory/mutations";
import { getTenant } from "@/lib/tenants/data";
import { waitFor } from "@/lib/wait-for";
import type { FleetTenant } from "@/test/fleet";
import type { Stack } from "@/test/stack";

/* Edits of a tenant by somebody else, over its own SCIM service. */
export type PersonInTenant = { id: string; userName: string; active: boolean };

export async function peopleIn(tenant: FleetTenant): Promise<PersonInTenant[]> {
  const { Resources } = await ask<{ Resources: PersonInTenant[] }>(tenant, "GET", "/Users?count=100");
  return Resources;
}

/** Adds a person and returns their id. */
export async function inviteTo(
  tenant: FleetTenant,
  userName: string,
  { active = true }: { active?: boolean } = {},
): Promise<string> {
  const schemas = ["urn:ietf:params:scim:schemas:core:2.0:User"];
  const { id } = await ask<{ id: string }>(tenant, "POST", "/Users", { schemas, userName, active });
  return id;
}

/** Replaces one value of a resource. */
export function patchIn(
  tenant: FleetTenant,
  route: string,
  { path, value }: { path: string; value: unknown },
): Promise<unknown> {
  const schemas = ["urn:ietf:params:scim:api:messages:2.0:PatchOp"];
  return ask(tenant, "PATCH", route, { schemas, Operations: [{ op: "replace", path, value }] });
}

async function ask<T>(
  { tenantUrl, token }: FleetTenant,
  method: string,
  route: string,
  body?: object,
): Promise<T> {
  const response = await fetch(tenantUrl + route, {
    method,
    headers: { authorization: `Bearer ${token}`, "content-type": "application/scim+json" },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${route} answered ${response.status}: ${text}`);
  return JSON.parse(text === "" ? "null" : text);
}

/** Reads the tenant's directory, and waits for the end of it. */
export async function readAgain({ owner }: Stack, { tenantId }: FleetTenant): Promise<void> {
  const before = (await getTenant(owner, { tenantId })).readAt?.getTime();
  await requestRead(owner, { tenantId });
  await waitFor(
    async () => (await getTenant(owner, { tenantId })).readAt?.getTime() !== before,
    "another read of the directory",
  );
}
