import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { createTenant, editSettings, newTenantSchema } from "./tenants";
import { type ConsoleEdit, consoleEditSchema, editConsoleUser } from "./console-edits";
import { consoleUrlOf, type Notice, toPage } from "./console-layout";
import { toTenantsPage, toGroupsPage, toUserPage, toUsersPage } from "./console-pages";
import { toProvisioningPage } from "./console-provisioning";
import { ControlError, getTenant, tenantUrlOf } from "./control-tenant";
import { html } from "./html";
import { forceSync } from "./sync";
import { newToken, type Tenant } from "./tenant";
import type { World } from "./world";

type ById = { Params: { slug: string; id: string } };

/** The console for people, made on the server: forms and links only, no script. */
export function registerConsole(app: FastifyInstance, world: World): void {
  app.setErrorHandler((error, _request, reply) => {
    const status = error instanceof ControlError ? error.statusCode : error instanceof z.ZodError ? 400 : 500;
    const text = error instanceof z.ZodError ? z.prettifyError(error) : String(Object(error).message);
    send(reply.code(status), toPage("", { isError: true, text }, html`<p><a href="/">All tenants</a></p>`));
  });
  app.get("/", (_request, reply) => send(reply, toTenantsPage(world, null)));
  app.post("/tenants", (request, reply) => {
    const tenant = createTenant(world, toNewTenant(z.record(z.string(), z.string()).parse(request.body)));
    send(reply, toTenantsPage(world, toTokenNotice(request, tenant, `${tenant.settings.name} was created.`)));
  });
  app.get<{ Querystring: Record<string, string> }>("/t/:slug/console", (request, reply) => {
    const tenant = getTenant(world, request);
    const { tab, q, page } = request.query;
    if (tab === "provisioning") send(reply, toProvisioningPage(tenant, tenantUrlOf(request, tenant), null));
    else if (tab === "groups") send(reply, toGroupsPage(tenant, null));
    else send(reply, toUsersPage(tenant, q ?? "", Math.max(1, Number.parseInt(page ?? "1", 10) || 1), null));
  });
  registerUserForms(app, world);
  registerProvisioningForms(app, world);
}

function registerUserForms(app: FastifyInstance, world: World): void {
  const buttons: Record<string, ConsoleEdit> = {
    archive: { archived: true },
    restore: { archived: false },
    "admin-on": { admin: true },
    "admin-off": { admin: false },
    "managed-on": { provisioningManaged: true },
    "managed-off": { provisioningManaged: false },
  };
  app.get<ById>("/t/:slug/console/users/:id", (request, reply) => {
    const tenant = getTenant(world, request);
    send(reply, toUserPage(tenant, getConsoleUser(tenant, request.params.id), null));
  });
  app.post<ById>("/t/:slug/console/users/:id", (request, reply) => {
    applyEdit(reply, getTenant(world, request), request.params.id, consoleEditSchema.parse(request.body));
  });
  for (const [name, edit] of Object.entries(buttons)) {
    app.post<ById>(`/t/:slug/console/users/:id/${name}`, (request, reply) => {
      applyEdit(reply, getTenant(world, request), request.params.id, edit);
    });
  }

  function applyEdit(reply: FastifyReply, tenant: Tenant, id: string, edit: ConsoleEdit): void {
    const refusal = editConsoleUser(world, tenant, getConsoleUser(tenant, id), edit);
    if (refusal === null) {
      reply.redirect(`${consoleUrlOf(tenant)}/users/${id}`, 303);
      return;
    }
    const notice = { isError: true, text: `${refusal} Nothing was changed.` };
    send(reply.code(409), toUserPage(tenant, getConsoleUser(tenant, id), notice));
  }
}

function registerProvisioningForms(app: FastifyInstance, world: World): void {
  app.post("/t/:slug/console/force-sync", async (request, reply) => {
    const tenant = getTenant(world, request);
    await forceSync(world, tenant);
    return reply.redirect(`${consoleUrlOf(tenant)}?tab=provisioning`, 303);
  });
  for (const testMode of [true, false]) {
    app.post(`/t/:slug/console/test-mode-${testMode ? "on" : "off"}`, (request, reply) => {
      const tenant = getTenant(world, request);
      editSettings(world, tenant, { testMode });
      reply.redirect(`${consoleUrlOf(tenant)}?tab=provisioning`, 303);
    });
  }
  app.post("/t/:slug/console/token-regenerate", (request, reply) => {
    const tenant = getTenant(world, request);
    tenant.token = newToken();
    world.onChange();
    const text = "The old token no longer works. Copy the new one: it is not shown again.";
    send(
      reply,
      toProvisioningPage(tenant, tenantUrlOf(request, tenant), toTokenNotice(request, tenant, text)),
    );
  });
  app.post("/t/:slug/console/token-revoke", (request, reply) => {
    const tenant = getTenant(world, request);
    tenant.token = null;
    world.onChange();
    reply.redirect(`${consoleUrlOf(tenant)}?tab=provisioning`, 303);
  });
}

function getConsoleUser(tenant: Tenant, id: string) {
  const user = tenant.console.users.find(id);
  if (user === null) throw new ControlError(404, "The console has no person with this id.");
  return user;
}

function toNewTenant(form: Record<string, string>) {
  const { name, domain, seats, people, mailbox, testMode } = form;
  return newTenantSchema.parse({
    name,
    ...(domain === undefined || domain.trim() === "" ? {} : { domains: [domain] }),
    seats: seats === undefined || seats === "" ? null : Number(seats),
    people: people === "believable" ? "believable" : 0,
    emptyMailbox: mailbox !== "full",
    testMode: testMode === "on",
    syncEverySeconds: 5,
    processingMs: 800,
  });
}

function toTokenNotice(request: FastifyRequest, tenant: Tenant, text: string): Notice {
  const { token } = tenant;
  if (token === null) return { isError: false, text };
  return { isError: false, text, credentials: { tenantUrl: tenantUrlOf(request, tenant), token } };
}

function send(reply: FastifyReply, page: string): void {
  reply
    .header("content-type", "text/html; charset=utf-8")
    .header("content-security-policy", "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'")
    .header("cache-control", "no-store")
    .send(page);
}
