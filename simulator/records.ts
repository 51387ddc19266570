/** The attributes of a SCIM user as its source sent them, without `id`, `meta` and `schemas`. */
export type Resource = Record<string, unknown>;

/** The SCIM mailbox's record of one person. */
export interface MailboxUser {
  id: string;
  resource: Resource;
  createdMs: number;
  modifiedMs: number;
}

/** The KnowBe4 console's record of one person; its id is that of the mailbox record it came from. */
export interface ConsoleUser extends MailboxUser {
  /** Null while active. Archiving frees the seat and keeps everything else. */
  archivedMs: number | null;
  isAdmin: boolean;
  /** False shields the person from every sync (the console's "Provisioning Managed" column). */
  isProvisioningManaged: boolean;
  aliases: string[];
}

export interface MailboxGroup {
  id: string;
  displayName: string;
  externalId: string | null;
  members: ReadonlySet<string>;
  createdMs: number;
  modifiedMs: number;
}

export interface ConsoleGroup extends MailboxGroup {
  archivedMs: number | null;
  /** False for a group that was made in the console: absence from the mailbox does not archive it. */
  isProvisioningManaged: boolean;
}

export const userSchema = "urn:ietf:params:scim:schemas:core:2.0:User";
export const groupSchema = "urn:ietf:params:scim:schemas:core:2.0:Group";
export const enterpriseSchema = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
export const knowbe4Schema = "urn:ietf:params:scim:schemas:extension:knowbe4:kmsat:2.0:User";

/** The address of a user resource, or "" while it has none. */
export function userNameOf(resource: Resource): string {
  return typeof resource.userName === "string" ? resource.userName : "";
}

/** The lower-cased domain of an address, or "" where it has none. */
export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf("@") + 1).toLowerCase();
}

/** The object at `key`, or an empty one; the object is not copied. */
export function objectAt(resource: Resource, key: string): Resource {
  const value = resource[key];
  return isObject(value) ? value : {};
}

export function isObject(value: unknown): value is Resource {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The console's name for a person: display name, else given and family name, else the address. */
export function personNameOf(resource: Resource): string {
  if (typeof resource.displayName === "string" && resource.displayName !== "") return resource.displayName;
  const name = objectAt(resource, "name");
  const parts = [name.givenName, name.familyName].filter((part) => typeof part === "string" && part !== "");
  return parts.length > 0 ? parts.join(" ") : userNameOf(resource);
}
