import type { FastifyInstance } from "fastify";
import { consoleEditSchema, editConsoleUser, listConsoleUsers, toConsoleUserView } from "./console-edits";
import { ControlError, getTenant } from "./control-tenant";
import type { MailboxUser } from "./records";
import type { World } from "./world";

/** The control API's view of a tenant's console and mailbox, and the console edits that create drift. */
export function registerControlRecords(app: FastifyInstance, world: World): void {
  app.get<{ Querystring: { q?: string } }>("/tenants/:slug/console/users", (request) =>
    listConsoleUsers(getTenant(world, request), request.query.q ?? ""),
  );
  app.get("/tenants/:slug/console/groups", (request) =>
    [...getTenant(world, request).console.groups.byId.values()].map((group) => ({
      id: group.id,
      displayName: group.displayName,
      externalId: group.externalId,
      members: [...group.members],
      archived: group.archivedMs !== null,
      provisioningManaged: group.isProvisioningManaged,
    })),
  );
  app.patch<{ Params: { id: string } }>("/tenants/:slug/console/users/:id", (request) => {
    const tenant = getTenant(world, request);
    const { id } = request.params;
    const user = tenant.console.users.find(id);
    if (user === null) throw new ControlError(404, `The console has no person with id ${id}.`);
    const refusal = editConsoleUser(world, tenant, user, consoleEditSchema.parse(request.body));
    if (refusal !== null) throw new ControlError(409, refusal);
    return toConsoleUserView(tenant.console.users.find(id) ?? user);
  });
  app.get("/tenants/:slug/mailbox/users", (request) =>
    [...getTenant(world, request).mailbox.users.byId.values()].map(toMailboxView),
  );
  app.get("/tenants/:slug/mailbox/groups", (request) =>
    [...getTenant(world, request).mailbox.groups.byId.values()].map((group) => ({
      id: group.id,
      displayName: group.displayName,
      externalId: group.externalId,
      members: [...group.members],
    })),
  );
}

function toMailboxView(user: MailboxUser) {
  return {
    id: user.id,
    userName: user.resource.userName,
    active: user.resource.active,
    resource: user.resource,
  };
}
