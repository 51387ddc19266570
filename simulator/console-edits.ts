import { z } from "zod";
import {
  type ConsoleUser,
  enterpriseSchema,
  isObject,
  objectAt,
  personNameOf,
  type Resource,
  userNameOf,
} from "./records";
import { countSeatsUsed, type Tenant } from "./tenant";
import { claimAddress, findOtherTenant, releaseAddress, type World } from "./world";

const text = z.string().trim().max(200);

/** An edit made in the console. Omitted fields stay; "" unassigns. */
export const consoleEditSchema = z.strictObject({
  userName: z.email().optional(),
  givenName: text.optional(),
  familyName: text.optional(),
  displayName: text.optional(),
  title: text.optional(),
  department: text.optional(),
  division: text.optional(),
  employeeNumber: text.optional(),
  location: text.optional(),
  archived: z.boolean().optional(),
  admin: z.boolean().optional(),
  provisioningManaged: z.boolean().optional(),
  aliases: z.array(z.email()).optional(),
});

export type ConsoleEdit = z.infer<typeof consoleEditSchema>;

/** A person as the console shows them. */
export interface ConsoleUserView {
  id: string;
  userName: string;
  name: string;
  givenName: string;
  familyName: string;
  displayName: string;
  title: string;
  department: string;
  division: string;
  employeeNumber: string;
  location: string;
  archived: boolean;
  /** ISO 8601, UTC; null while active. */
  archivedAt: string | null;
  admin: boolean;
  provisioningManaged: boolean;
  aliases: string[];
  /** Every attribute, in SCIM form. */
  resource: Resource;
}

/** Why the console refuses an edit, or null after it was made. The mailbox does not learn of it: that is drift. */
export function editConsoleUser(
  world: World,
  tenant: Tenant,
  user: ConsoleUser,
  edit: ConsoleEdit,
): string | null {
  const refusal = findRefusal(world, tenant, user, edit);
  if (refusal !== null) return refusal;
  const nowMs = Date.now();
  const isArchived = edit.archived ?? user.archivedMs !== null;
  const edited: ConsoleUser = {
    ...user,
    resource: toEditedResource(user.resource, edit),
    archivedMs: isArchived ? (user.archivedMs ?? nowMs) : null,
    isAdmin: edit.admin ?? user.isAdmin,
    isProvisioningManaged: edit.provisioningManaged ?? user.isProvisioningManaged,
    aliases: edit.aliases ?? user.aliases,
    modifiedMs: nowMs,
  };
  releaseAddress(world, tenant.slug, userNameOf(user.resource));
  tenant.console.users.put(edited);
  if (!isArchived) claimAddress(world, tenant.slug, userNameOf(edited.resource));
  world.onChange();
  return null;
}

export function toConsoleUserView(user: ConsoleUser): ConsoleUserView {
  const name = objectAt(user.resource, "name");
  const enterprise = objectAt(user.resource, enterpriseSchema);
  return {
    id: user.id,
    userName: userNameOf(user.resource),
    name: personNameOf(user.resource),
    givenName: textOf(name.givenName),
    familyName: textOf(name.familyName),
    displayName: textOf(user.resource.displayName),
    title: textOf(user.resource.title),
    department: textOf(enterprise.department),
    division: textOf(enterprise.division),
    employeeNumber: textOf(enterprise.employeeNumber),
    location: textOf(addressesOf(user.resource).find((address) => address.type === "work")?.formatted),
    archived: user.archivedMs !== null,
    archivedAt: user.archivedMs === null ? null : new Date(user.archivedMs).toISOString(),
    admin: user.isAdmin,
    provisioningManaged: user.isProvisioningManaged,
    aliases: user.aliases,
    resource: user.resource,
  };
}

/** The people whose name, address, title or department contains `query`; all of them for "". */
export function listConsoleUsers(tenant: Tenant, query: string): ConsoleUserView[] {
  const wanted = query.trim().toLowerCase();
  return [...tenant.console.users.byId.values()]
    .map(toConsoleUserView)
    .filter((view) =>
      [view.name, view.userName, view.title, view.department].some((each) =>
        each.toLowerCase().includes(wanted),
      ),
    );
}

function findRefusal(world: World, tenant: Tenant, user: ConsoleUser, edit: ConsoleEdit): string | null {
  const isRestored = edit.archived === false && user.archivedMs !== null;
  if (edit.archived === true && (edit.admin ?? user.isAdmin)) return "A console admin cannot be archived.";
  const userName = edit.userName ?? userNameOf(user.resource);
  const holder = tenant.console.users.findByName(userName);
  if (holder !== null && holder.id !== user.id) return "Another person in this account has this address.";
  if ((isRestored || edit.userName !== undefined) && findOtherTenant(world, tenant.slug, userName) !== null) {
    return "The address is used in another account.";
  }
  const { seats } = tenant.settings;
  if (isRestored && seats !== null && countSeatsUsed(tenant) >= seats) return `All ${seats} seats are taken.`;
  return null;
}

function toEditedResource(resource: Resource, edit: ConsoleEdit): Resource {
  const edited: Resource = { ...resource };
  if (edit.userName !== undefined) edited.userName = edit.userName;
  assign(edited, { displayName: edit.displayName, title: edit.title });
  edited.name = { ...objectAt(resource, "name") };
  assign(edited.name, { givenName: edit.givenName, familyName: edit.familyName });
  edited[enterpriseSchema] = { ...objectAt(resource, enterpriseSchema) };
  const { department, division, employeeNumber } = edit;
  assign(edited[enterpriseSchema], { department, division, employeeNumber });
  if (edit.location !== undefined) {
    const others = addressesOf(resource).filter((address) => address.type !== "work");
    edited.addresses =
      edit.location === "" ? others : [...others, { type: "work", formatted: edit.location }];
  }
  for (const key of ["name", enterpriseSchema, "addresses"]) {
    const value = edited[key];
    if (value !== undefined && Object.keys(Object(value)).length === 0) delete edited[key];
  }
  return edited;
}

/** Sets each text on `target`; undefined leaves it, "" unassigns it. */
function assign(target: unknown, texts: Record<string, string | undefined>): void {
  if (!isObject(target)) return;
  for (const [key, value] of Object.entries(texts)) {
    if (value === undefined) continue;
    if (value === "") delete target[key];
    else target[key] = value;
  }
}

function addressesOf(resource: Resource): Resource[] {
  return Array.isArray(resource.addresses) ? resource.addresses.filter(isObject) : [];
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
