import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { findFault } from "./faults";
import { registerDiscovery } from "./scim-discovery";
import { ScimError, toScimError } from "./scim-errors";
import { registerGroups } from "./scim-groups";
import { isAnsweredByFault, sendScimError } from "./scim-reply";
import { registerUsers } from "./scim-users";
import { count } from "./stats";
import { isAuthorized, type Tenant } from "./tenant";
import type { World } from "./world";

/** The SCIM service of every tenant, below /t/:slug/scim/v2. */
export async function registerScim(app: FastifyInstance, world: World): Promise<void> {
  app.addHook("onRequest", (request, reply, done) => {
    const tenant = world.tenants.get(slugOf(request.url));
    if (tenant === undefined) {
      sendScimError(request, reply, new ScimError(404, "This tenant does not exist."));
      return;
    }
    request.tenant = tenant;
    const path = pathBehind(request.url);
    request.fault = findFault(tenant.faults, tenant.stats, request.method, path);
    countRequest(tenant, request, reply, path);
    const delayMs = tenant.settings.latencyMs + (request.fault?.kind === "slow" ? request.fault.delayMs : 0);
    if (delayMs > 0) setTimeout(() => admit(tenant, request, reply, done), delayMs);
    else admit(tenant, request, reply, done);
  });
  app.setErrorHandler((error, request, reply) => sendScimError(request, reply, toScimError(error)));
  app.setNotFoundHandler((request, reply) =>
    sendScimError(request, reply, new ScimError(404, "This endpoint does not exist.")),
  );
  registerUsers(app, world);
  registerGroups(app, world);
  registerDiscovery(app);
}

/** Answers with the fault, then checks the token, and otherwise continues with the route. */
function admit(tenant: Tenant, request: FastifyRequest, reply: FastifyReply, done: () => void): void {
  if (request.fault !== null && isAnsweredByFault(request, reply, request.fault)) return;
  if (!isAuthorized(tenant, request.headers.authorization)) {
    tenant.stats.authorizationFailures += 1;
    sendScimError(request, reply, new ScimError(401, "The token is not valid."));
    return;
  }
  done();
}

function countRequest(tenant: Tenant, request: FastifyRequest, reply: FastifyReply, path: string): void {
  const { stats } = tenant;
  const route = path.replace(/\?.*$/s, "").replace(/^(\/[^/]+)\/.+$/, "$1/:id");
  count(stats.requests, `${request.method} ${route}`);
  stats.inFlight += 1;
  stats.inFlightMax = Math.max(stats.inFlightMax, stats.inFlight);
  // "close" fires once, however the exchange ends: answered, cut, or abandoned by the client.
  reply.raw.once("close", () => {
    tenant.stats.inFlight -= 1;
    if (reply.raw.writableEnded) count(tenant.stats.statuses, reply.raw.statusCode);
  });
}

/** Uses the URL rather than the route, so that an unknown endpoint of a tenant still counts for that tenant. */
function slugOf(url: string): string {
  return /^\/t\/([^/?]+)\//.exec(url)?.[1] ?? "";
}

/** "/t/acme/scim/v2/Users?count=1" -> "/Users?count=1". */
function pathBehind(url: string): string {
  return url.replace(/^\/t\/[^/]+\/scim\/v2/, "");
}
