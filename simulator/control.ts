import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import { createTenant, editSettings, newTenantSchema, settingsEditSchema } from "./tenants";
import { registerControlRecords } from "./control-records";
import { ControlError, getTenant, tenantUrlOf } from "./control-tenant";
import { faultSchema, toActiveFaults } from "./faults";
import { resetStats, toStatsReport } from "./stats";
import { forceSyncInTurn } from "./sync";
import { countSeatsUsed, newToken, type Tenant, type TenantSettings } from "./tenant";
import { removeTenant, type World } from "./world";

/** A tenant as the control API shows it, without its token. */
interface TenantView extends TenantSettings {
  slug: string;
  tenantUrl: string;
  seatsUsed: number;
  hasToken: boolean;
  mailbox: { users: number; groups: number };
  console: { users: number; groups: number };
}

/** The control API, below /_control: for tests, the demo and benchmarks. It requires no credentials. */
export function registerControl(app: FastifyInstance, world: World): void {
  app.setErrorHandler((error, _request, reply) => {
    const status = error instanceof z.ZodError ? 400 : error instanceof ControlError ? error.statusCode : 500;
    const message = error instanceof z.ZodError ? z.prettifyError(error) : String(Object(error).message);
    reply.code(error instanceof SyntaxError ? 400 : status).send({ error: message });
  });
  app.get("/health", () => ({ status: "ok", tenants: world.tenants.size }));
  app.get("/demo-credentials", (request) => {
    if (!world.isDemo) throw new ControlError(404, "The demo was not seeded.");
    return [...world.tenants.values()].map((tenant) => ({
      name: tenant.settings.name,
      domains: tenant.settings.domains,
      ...toCredentials(request, tenant),
    }));
  });
  registerTenants(app, world);
  registerRunning(app, world);
  registerControlRecords(app, world);
}

function registerTenants(app: FastifyInstance, world: World): void {
  app.get("/tenants", (request) =>
    [...world.tenants.values()].map((tenant) => toTenantView(request, tenant)),
  );
  app.post("/tenants", (request, reply) => {
    const input = newTenantSchema.parse(request.body);
    if (input.slug !== undefined && world.tenants.has(input.slug)) {
      throw new ControlError(409, `A tenant ${input.slug} exists.`);
    }
    reply.code(201).send(toCredentials(request, createTenant(world, input)));
  });
  app.get("/tenants/:slug", (request) => toTenantView(request, getTenant(world, request)));
  app.patch("/tenants/:slug", (request) => {
    const tenant = getTenant(world, request);
    editSettings(world, tenant, settingsEditSchema.parse(request.body));
    return toTenantView(request, tenant);
  });
  app.delete("/tenants/:slug", (request, reply) => {
    removeTenant(world, getTenant(world, request));
    reply.code(204).send();
  });
  app.post("/tenants/:slug/token/regenerate", (request) => {
    const tenant = getTenant(world, request);
    tenant.token = newToken();
    world.onChange();
    return toCredentials(request, tenant);
  });
  app.post("/tenants/:slug/token/revoke", (request, reply) => {
    getTenant(world, request).token = null;
    world.onChange();
    reply.code(204).send();
  });
}

function registerRunning(app: FastifyInstance, world: World): void {
  app.post("/tenants/:slug/force-sync", (request) => forceSyncInTurn(world, getTenant(world, request)));
  app.get("/tenants/:slug/syncs", (request) => getTenant(world, request).syncs.toReversed());
  app.put("/tenants/:slug/faults", (request) => {
    const tenant = getTenant(world, request);
    const rules = z.array(faultSchema).parse(request.body);
    tenant.faults = toActiveFaults(rules, tenant.slug);
    return rules;
  });
  app.delete("/tenants/:slug/faults", (request, reply) => {
    getTenant(world, request).faults = [];
    reply.code(204).send();
  });
  app.get("/tenants/:slug/stats", (request) => toStatsReport(getTenant(world, request).stats));
  app.post("/tenants/:slug/stats/reset", (request, reply) => {
    resetStats(getTenant(world, request).stats);
    reply.code(204).send();
  });
}

function toCredentials(request: FastifyRequest, tenant: Tenant) {
  return { slug: tenant.slug, tenantUrl: tenantUrlOf(request, tenant), token: tenant.token };
}

function toTenantView(request: FastifyRequest, tenant: Tenant): TenantView {
  const { mailbox, console } = tenant;
  return {
    slug: tenant.slug,
    tenantUrl: tenantUrlOf(request, tenant),
    ...tenant.settings,
    seatsUsed: countSeatsUsed(tenant),
    hasToken: tenant.token !== null,
    mailbox: { users: mailbox.users.size, groups: mailbox.groups.size },
    console: { users: console.users.size, groups: console.groups.size },
  };
}
