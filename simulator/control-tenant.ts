import type { FastifyRequest } from "fastify";
import type { Tenant } from "./tenant";
import type { World } from "./world";

/** The tenant that the path names. @throws ControlError 404 */
export function getTenant(world: World, request: FastifyRequest): Tenant {
  const slug = String(Object(request.params).slug);
  const tenant = world.tenants.get(slug);
  if (tenant === undefined) throw new ControlError(404, `There is no tenant ${slug}.`);
  return tenant;
}

/** A refusal of the control API or of the console's pages. */
export class ControlError extends Error {
  readonly statusCode: number;

  constructor(statusCode: number, message: string) {
    super(message);
    this.name = "ControlError";
    this.statusCode = statusCode;
  }
}

/** The Tenant URL that the console shows, under the host name that the caller used. */
export function tenantUrlOf(request: FastifyRequest, tenant: Tenant): string {
  return `http://${request.host}/t/${tenant.slug}/scim/v2`;
}
