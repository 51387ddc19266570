import {
  enterpriseSchema,
  isObject,
  type MailboxUser,
  type Resource,
  userNameOf,
  userSchema,
} from "./records";
import { ScimError } from "./scim-errors";

/** Set by the server, derived, or (password) refused by KnowBe4: a client's value for these is dropped. */
const droppedAttributes = ["id", "meta", "schemas", "groups", "password"];

/**
 * Validates a user from a POST, a PUT or the result of a PATCH, and normalizes it: `active` a boolean (Entra sends
 * "False"), manager an object, nothing null or empty.
 * @throws ScimError 400 when userName is not an address or `active` not a truth value
 */
export function toUserResource(input: unknown): Resource {
  if (!isObject(input)) throw new ScimError(400, "The body must be a JSON object.", "invalidSyntax");
  const resource = withoutUnassigned(input);
  for (const attribute of droppedAttributes) delete resource[attribute];
  if (typeof resource.userName !== "string" || !/^[^\s@]+@[^\s@]+$/.test(resource.userName)) {
    throw new ScimError(400, "userName is required and must be an email address.", "invalidValue");
  }
  resource.active = toActive(resource.active);
  const enterprise = resource[enterpriseSchema];
  if (isObject(enterprise) && typeof enterprise.manager === "string") {
    resource[enterpriseSchema] = { ...enterprise, manager: { value: enterprise.manager } };
  }
  return resource;
}

/** The user as SCIM answers it. `schemas` lists an extension exactly when its block is there. */
export function toUserJson(user: MailboxUser, isActive: boolean, usersUrl: string): Resource {
  const extensions = Object.keys(user.resource).filter((key) => key.startsWith("urn:"));
  return {
    schemas: [userSchema, ...extensions],
    id: user.id,
    ...user.resource,
    active: isActive,
    meta: {
      resourceType: "User",
      created: new Date(user.createdMs).toISOString(),
      lastModified: new Date(user.modifiedMs).toISOString(),
      location: `${usersUrl}/${user.id}`,
    },
  };
}

/** Whether the mailbox wants this person active. */
export function isActiveIn(user: MailboxUser): boolean {
  return user.resource.active !== false;
}

/** "Jane.Doe@Acme.example" and "jane.doe@acme.example" are one name. */
export function isSameName(left: Resource, right: Resource): boolean {
  return userNameOf(left).toLowerCase() === userNameOf(right).toLowerCase();
}

function toActive(value: unknown): boolean {
  if (value === undefined || value === true || value === false) return value ?? true;
  if (typeof value === "string" && /^(true|false)$/i.test(value)) return value.toLowerCase() === "true";
  throw new ScimError(400, "active must be true or false.", "invalidValue");
}

/** Null and the empty list mean unassigned (RFC 7643, 2.5), so they are not kept. */
function withoutUnassigned(input: Resource): Resource {
  const kept: Resource = {};
  for (const [key, value] of Object.entries(input)) {
    if (value === null || (Array.isArray(value) && value.length === 0)) continue;
    kept[key] = isObject(value) ? withoutUnassigned(value) : value;
  }
  return kept;
}
