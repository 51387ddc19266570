import type { FastifyInstance, FastifyRequest } from "fastify";
import { tenantUrlOf } from "./control-tenant";
import { type Listing, type ListQuery, toListing } from "./listing";
import {
  createGroup,
  deleteGroup,
  findMemberName,
  type GroupContent,
  getGroupToWrite,
  updateGroup,
} from "./mailbox";
import { toMemberIds, toMemberStep, toPatchOperations } from "./patch-dialects";
import { groupSchema, isObject, type MailboxGroup, type Resource } from "./records";
import { notFound, ScimError } from "./scim-errors";
import { sendScim, shownId, tenantOf } from "./scim-reply";
import { Shelf } from "./shelf";
import type { Tenant } from "./tenant";
import type { World } from "./world";

/** /Groups: reads from the console (or the mailbox), writes into the mailbox. */
export function registerGroups(app: FastifyInstance, world: World): void {
  registerGroupReads(app);

  app.post("/Groups", (request, reply) => {
    const tenant = tenantOf(request);
    const isTwin = request.fault?.kind === "twin";
    const group = createGroup(world, tenant, toGroupContent(request.body), isTwin);
    reply.header("location", `${tenantUrlOf(request, tenant)}/Groups/${group.id}`);
    sendScim(request, reply, 201, toGroupJson(request, tenant, group, true));
  });

  app.put<{ Params: { id: string } }>("/Groups/:id", (request, reply) => {
    const tenant = tenantOf(request);
    const before = getGroupToWrite(tenant, request.params.id);
    const group = updateGroup(world, tenant, before, toGroupContent(request.body));
    sendScim(request, reply, 200, toGroupJson(request, tenant, group, true));
  });

  app.patch<{ Params: { id: string } }>("/Groups/:id", (request, reply) => {
    const tenant = tenantOf(request);
    const before = getGroupToWrite(tenant, request.params.id);
    updateGroup(world, tenant, before, toPatchedContent(before, request.body));
    sendScim(request, reply, 204);
  });

  app.delete<{ Params: { id: string } }>("/Groups/:id", (request, reply) => {
    deleteGroup(world, tenantOf(request), request.params.id);
    sendScim(request, reply, 204);
  });
}

function registerGroupReads(app: FastifyInstance): void {
  app.get<{ Querystring: ListQuery }>("/Groups", (request, reply) => {
    const tenant = tenantOf(request);
    const listing = listGroups(request, tenant, request.query);
    sendScim(request, reply, 200, {
      schemas: ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
      ...listing,
    });
  });

  app.get<{ Params: { id: string }; Querystring: ListQuery }>("/Groups/:id", (request, reply) => {
    const tenant = tenantOf(request);
    const groups = visibleGroups(tenant);
    const ids = groups.map((each) => each.id);
    const id = shownId(request, ids, request.params.id);
    const group = groups.find((each) => each.id === id);
    if (group === undefined) throw notFound("Group", id);
    const hasMembers = !isWithoutMembers(request.query.excludedAttributes);
    sendScim(request, reply, 200, toGroupJson(request, tenant, group, hasMembers));
  });
}

/** @throws ScimError 400 without a display name or with a member that has no id */
function toGroupContent(body: unknown): GroupContent {
  if (!isObject(body)) throw new ScimError(400, "The body must be a JSON object.", "invalidSyntax");
  return {
    displayName: toDisplayName(body.displayName),
    externalId: typeof body.externalId === "string" ? body.externalId : null,
    members: new Set(toMemberIds(body.members)),
  };
}

/** Applies a PATCH. An add of a member it has, or a remove of one it has not, changes nothing. */
function toPatchedContent(before: MailboxGroup, body: unknown): GroupContent {
  let { displayName, externalId } = before;
  let members = new Set(before.members);
  for (const operation of toPatchOperations(body)) {
    const step = toMemberStep(operation, members);
    const path = operation.path.replace(`${groupSchema}:`, "").toLowerCase();
    if (step !== null) {
      if (step.op === "replace") members = new Set(step.ids);
      for (const id of step.ids) {
        if (step.op === "remove") members.delete(id);
        else members.add(id);
      }
    } else if (path === "displayname" && operation.op !== "remove") {
      displayName = toDisplayName(operation.value);
    } else if (path === "externalid") {
      externalId = operation.op === "remove" ? null : String(operation.value);
    } else if (path !== "id" && path !== "schemas") {
      // Okta repeats the id beside the name in its value object.
      throw new ScimError(400, `A group has no attribute ${operation.path}.`, "invalidPath");
    }
  }
  return { displayName, externalId, members };
}

function listGroups(request: FastifyRequest, tenant: Tenant, query: ListQuery): Listing {
  const shelf = new Shelf<MailboxGroup>((group) => group.displayName);
  for (const group of visibleGroups(tenant)) shelf.put(group);
  const hasMembers = !isWithoutMembers(query.excludedAttributes);
  return toListing(
    {
      shelf,
      nameAttribute: "displayname",
      toJson: (group) => toGroupJson(request, tenant, group, hasMembers),
    },
    query,
    tenant.settings.pageSizeMax,
  );
}

/** SCIM cannot express an archived group, so those are not shown. */
function visibleGroups(tenant: Tenant): MailboxGroup[] {
  if (tenant.settings.reads === "mailbox") return [...tenant.mailbox.groups.byId.values()];
  return [...tenant.console.groups.byId.values()].filter((group) => group.archivedMs === null);
}

function toGroupJson(
  request: FastifyRequest,
  tenant: Tenant,
  group: MailboxGroup,
  hasMembers: boolean,
): Resource {
  const url = tenantUrlOf(request, tenant);
  const members = hasMembers ? [...group.members].map((id) => toMemberJson(tenant, url, id)) : [];
  return {
    schemas: [groupSchema],
    id: group.id,
    ...(group.externalId === null ? {} : { externalId: group.externalId }),
    displayName: group.displayName,
    ...(hasMembers ? { members } : {}),
    meta: {
      resourceType: "Group",
      created: new Date(group.createdMs).toISOString(),
      lastModified: new Date(group.modifiedMs).toISOString(),
      location: `${url}/Groups/${group.id}`,
    },
  };
}

function toMemberJson(tenant: Tenant, url: string, id: string): Resource {
  const display = findMemberName(tenant, id);
  return { value: id, ...(display === null ? {} : { display }), $ref: `${url}/Users/${id}`, type: "User" };
}

function toDisplayName(value: unknown): string {
  if (typeof value === "string" && value.trim() !== "") return value;
  throw new ScimError(400, "displayName is required.", "invalidValue");
}

function isWithoutMembers(excludedAttributes: string | undefined): boolean {
  return (excludedAttributes ?? "").split(",").some((name) => name.trim().toLowerCase() === "members");
}
