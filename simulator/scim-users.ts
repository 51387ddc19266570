import type { FastifyInstance, FastifyRequest } from "fastify";
import { scimPatch } from "scim-patch";
import { tenantUrlOf } from "./control-tenant";
import { type Listing, type ListQuery, toListing } from "./listing";
import { createUser, deleteUser, getUserToWrite, renameUser, updateUser } from "./mailbox";
import { toPatchOperations } from "./patch-dialects";
import { type ConsoleUser, type MailboxUser, type Resource, userSchema } from "./records";
import { notFound } from "./scim-errors";
import { sendScim, shownId, tenantOf } from "./scim-reply";
import { count } from "./stats";
import type { Tenant } from "./tenant";
import { isActiveIn, toUserJson, toUserResource } from "./user-resource";
import type { World } from "./world";

/** /Users: reads from the console (or the mailbox), writes into the mailbox. */
export function registerUsers(app: FastifyInstance, world: World): void {
  registerUserReads(app);

  app.post("/Users", (request, reply) => {
    const tenant = tenantOf(request);
    const isTwin = request.fault?.kind === "twin";
    const user = createUser(world, tenant, toUserResource(request.body), isTwin);
    if (request.fault?.kind === "rename") renameUser(world, tenant, user);
    count(tenant.stats.createsByUserName, String(user.resource.userName).toLowerCase());
    const json = toUserJson(user, isActiveIn(user), usersUrlOf(request, tenant));
    reply.header("location", `${usersUrlOf(request, tenant)}/${user.id}`);
    sendScim(request, reply, 201, json);
  });

  app.put<{ Params: { id: string } }>("/Users/:id", (request, reply) => {
    const tenant = tenantOf(request);
    const before = getUserToWrite(tenant, request.params.id);
    const user = updateUser(world, tenant, before, toUserResource(request.body));
    sendScim(request, reply, 200, toUserJson(user, isActiveIn(user), usersUrlOf(request, tenant)));
  });

  app.patch<{ Params: { id: string } }>("/Users/:id", (request, reply) => {
    const tenant = tenantOf(request);
    const before = getUserToWrite(tenant, request.params.id);
    const user = updateUser(world, tenant, before, toPatchedResource(before, request.body));
    if (request.fault?.kind === "rename") renameUser(world, tenant, user);
    const shown =
      tenant.mailbox.users.find(shownId(request, tenant.mailbox.users.byId.keys(), user.id)) ?? user;
    sendScim(request, reply, 200, toUserJson(shown, isActiveIn(shown), usersUrlOf(request, tenant)));
  });

  app.delete<{ Params: { id: string } }>("/Users/:id", (request, reply) => {
    deleteUser(world, tenantOf(request), request.params.id);
    sendScim(request, reply, 204);
  });
}

function registerUserReads(app: FastifyInstance): void {
  app.get<{ Querystring: ListQuery }>("/Users", (request, reply) => {
    const tenant = tenantOf(request);
    const listing = listUsers(tenant, request.query, usersUrlOf(request, tenant));
    sendScim(request, reply, 200, {
      schemas: ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
      ...listing,
    });
  });

  app.get<{ Params: { id: string } }>("/Users/:id", (request, reply) => {
    const tenant = tenantOf(request);
    const { reads } = tenant.settings;
    const id = shownId(request, tenant[reads].users.byId.keys(), request.params.id);
    const url = usersUrlOf(request, tenant);
    const json = findUserJson(tenant, id, url);
    if (json === null) throw notFound("User", id);
    sendScim(request, reply, 200, json);
  });
}

/** @throws ScimError 400 when the PATCH or the resulting person is refused */
function toPatchedResource(before: MailboxUser, body: unknown): Resource {
  const dates = { created: new Date(before.createdMs), lastModified: new Date(before.modifiedMs) };
  const patched = scimPatch(
    { ...before.resource, schemas: [userSchema], meta: dates },
    toPatchOperations(body),
    { mutateDocument: false, treatMissingAsAdd: true },
  );
  return toUserResource(patched);
}

function findUserJson(tenant: Tenant, id: string, usersUrl: string): Resource | null {
  if (tenant.settings.reads === "console") {
    const user = tenant.console.users.find(id);
    return user === null ? null : toConsoleUserJson(user, usersUrl);
  }
  const user = tenant.mailbox.users.find(id);
  return user === null ? null : toUserJson(user, isActiveIn(user), usersUrl);
}

function listUsers(tenant: Tenant, query: ListQuery, usersUrl: string): Listing {
  const { console, mailbox, settings } = tenant;
  if (settings.reads === "console") {
    return toListing(
      {
        shelf: console.users,
        nameAttribute: "username",
        toJson: (user) => toConsoleUserJson(user, usersUrl),
      },
      query,
      settings.pageSizeMax,
    );
  }
  return toListing(
    {
      shelf: mailbox.users,
      nameAttribute: "username",
      toJson: (user) => toUserJson(user, isActiveIn(user), usersUrl),
    },
    query,
    settings.pageSizeMax,
  );
}

function toConsoleUserJson(user: ConsoleUser, usersUrl: string): Resource {
  return toUserJson(user, user.archivedMs === null, usersUrl);
}

function usersUrlOf(request: FastifyRequest, tenant: Tenant): string {
  return `${tenantUrlOf(request, tenant)}/Users`;
}
