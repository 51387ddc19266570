import { randomUUID } from "node:crypto";
import { type MailboxGroup, type MailboxUser, type Resource, personNameOf, userNameOf } from "./records";
import { notFound, ScimError } from "./scim-errors";
import { noteWrite } from "./sync";
import type { Tenant } from "./tenant";
import type { World } from "./world";

/**
 * Accepts a new person. If reads show the console, a name that only the console has counts as taken, so that the client
 * finds and adopts it; if they show the mailbox, this call adopts such a person by address.
 * @param isTwin whether a second person of one name is made, as some servers do.
 * @throws ScimError 409 when the name is taken, without regard to case
 */
export function createUser(world: World, tenant: Tenant, resource: Resource, isTwin = false): MailboxUser {
  const userName = userNameOf(resource);
  const known = isTwin ? null : tenant.console.users.findByName(userName);
  const isTaken = tenant.mailbox.users.findByName(userName) !== null;
  if ((isTaken && !isTwin) || (known !== null && tenant.settings.reads === "console"))
    throw conflict(tenant, userName);
  const nowMs = Date.now();
  const user = { id: known?.id ?? randomUUID(), resource, createdMs: nowMs, modifiedMs: nowMs };
  tenant.mailbox.users.put(user);
  noteWrite(world, tenant, "users", user.id);
  return user;
}

/**
 * The mailbox's record of a person, or one made from the console's: writing to somebody whom only the console has
 * adopts them.
 * @throws ScimError 404 when neither has the id
 */
export function getUserToWrite(tenant: Tenant, id: string): MailboxUser {
  const held = tenant.mailbox.users.find(id);
  if (held !== null) return held;
  const known = tenant.console.users.find(id);
  if (known === null) throw notFound("User", id);
  const { createdMs, modifiedMs } = known;
  return { id, createdMs, modifiedMs, resource: { ...known.resource, active: known.archivedMs === null } };
}

/** @throws ScimError 409 when the new name belongs to somebody else */
export function updateUser(world: World, tenant: Tenant, user: MailboxUser, resource: Resource): MailboxUser {
  const userName = userNameOf(resource);
  const { mailbox, settings } = tenant;
  const holder =
    mailbox.users.findByName(userName) ??
    (settings.reads === "console" ? tenant.console.users.findByName(userName) : null);
  if (holder !== null && holder.id !== user.id) throw conflict(tenant, userName);
  const updated = { ...user, resource, modifiedMs: Date.now() };
  mailbox.users.put(updated);
  noteWrite(world, tenant, "users", user.id);
  return updated;
}

/** Gives a person another address, as an edit outside of SCIM would. */
export function renameUser(world: World, tenant: Tenant, user: MailboxUser): void {
  const userName = `renamed.${userNameOf(user.resource)}`;
  updateUser(world, tenant, user, { ...user.resource, userName });
}

/** Removes a person from the mailbox; the next sync archives them by absence. @throws ScimError 404 */
export function deleteUser(world: World, tenant: Tenant, id: string): void {
  const { mailbox } = tenant;
  if (mailbox.users.find(id) === null && tenant.console.users.find(id) === null) throw notFound("User", id);
  mailbox.users.remove(id);
  for (const group of mailbox.groups.byId.values()) {
    if (!group.members.has(id)) continue;
    mailbox.groups.put({ ...group, members: new Set([...group.members].filter((member) => member !== id)) });
  }
  noteWrite(world, tenant, "users", id);
}

/** The fields of a group that a client may set. */
export type GroupContent = Pick<MailboxGroup, "displayName" | "externalId" | "members">;

/** @throws ScimError 409 when the name is taken, 400 for an unknown member */
export function createGroup(
  world: World,
  tenant: Tenant,
  content: GroupContent,
  isTwin = false,
): MailboxGroup {
  const known = isTwin ? null : tenant.console.groups.findByName(content.displayName);
  const isShown = known !== null && known.archivedMs === null && tenant.settings.reads === "console";
  const isTaken = tenant.mailbox.groups.findByName(content.displayName) !== null;
  if (isShown || (isTaken && !isTwin)) {
    throw conflict(tenant, content.displayName);
  }
  checkMembers(tenant, content.members, new Set());
  const nowMs = Date.now();
  const group = { ...content, id: known?.id ?? randomUUID(), createdMs: nowMs, modifiedMs: nowMs };
  tenant.mailbox.groups.put(group);
  noteWrite(world, tenant, "groups", group.id);
  return group;
}

/** As getUserToWrite, for groups. @throws ScimError 404 */
export function getGroupToWrite(tenant: Tenant, id: string): MailboxGroup {
  const held = tenant.mailbox.groups.find(id);
  if (held !== null) return held;
  const known = tenant.console.groups.find(id);
  if (known === null || known.archivedMs !== null) throw notFound("Group", id);
  const { displayName, externalId, members, createdMs, modifiedMs } = known;
  return { id, displayName, externalId, members, createdMs, modifiedMs };
}

/** @throws ScimError 409 when the new name belongs to another group, 400 for an unknown member */
export function updateGroup(
  world: World,
  tenant: Tenant,
  group: MailboxGroup,
  content: GroupContent,
): MailboxGroup {
  const holder = tenant.mailbox.groups.findByName(content.displayName);
  if (holder !== null && holder.id !== group.id) throw conflict(tenant, content.displayName);
  checkMembers(tenant, content.members, group.members);
  const updated = { ...group, ...content, modifiedMs: Date.now() };
  tenant.mailbox.groups.put(updated);
  noteWrite(world, tenant, "groups", group.id);
  return updated;
}

/** @throws ScimError 404 */
export function deleteGroup(world: World, tenant: Tenant, id: string): void {
  getGroupToWrite(tenant, id);
  tenant.mailbox.groups.remove(id);
  noteWrite(world, tenant, "groups", id);
}

/** The name beside a member's id in an answer; the mailbox also has people who are not in the console yet. */
export function findMemberName(tenant: Tenant, id: string): string | null {
  const user = tenant.mailbox.users.find(id) ?? tenant.console.users.find(id);
  return user === null ? null : personNameOf(user.resource);
}

/** Members must be accepted people, synced or not. Nested groups are not supported. */
function checkMembers(tenant: Tenant, members: Iterable<string>, before: ReadonlySet<string>): void {
  for (const id of members) {
    if (before.has(id) || tenant.mailbox.users.find(id) !== null || tenant.console.users.find(id) !== null)
      continue;
    const isGroup = tenant.mailbox.groups.find(id) !== null || tenant.console.groups.find(id) !== null;
    throw new ScimError(
      400,
      isGroup ? `Member ${id} is a group. Nested groups are not supported.` : `Member ${id} not found.`,
      "invalidValue",
    );
  }
}

function conflict(tenant: Tenant, name: string): ScimError {
  tenant.stats.conflicts += 1;
  return new ScimError(
    409,
    `${name} already exists.`,
    tenant.settings.conflictScimType ? "uniqueness" : undefined,
  );
}
