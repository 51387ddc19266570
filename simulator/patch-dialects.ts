import { enterpriseSchema, isObject, knowbe4Schema } from "./records";
import { ScimError } from "./scim-errors";

/** One step of a PATCH in plain form: lower-case op, and always a path. */
export type PatchOperation =
  | { op: "add" | "replace"; path: string; value: unknown }
  | { op: "remove"; path: string; value?: unknown };

const extensionSchemas = [enterpriseSchema, knowbe4Schema];

/**
 * Converts a PATCH body to plain operations, whichever client wrote it:
 * - plain (RFC 7644, 3.5.2);
 * - Entra: capitalised ops, paths that start with a URN, a value object under a URN (learn.microsoft.com,
 * application-provisioning-config-problem-scim-compatibility);
 * - Okta: no path, a value object (developer.okta.com, SCIM 2.0 reference).
 * @throws ScimError 400 for anything else
 */
export function toPatchOperations(body: unknown): PatchOperation[] {
  if (!isObject(body) || !Array.isArray(body.Operations) || body.Operations.length === 0) {
    throw new ScimError(400, "A PATCH needs Operations.", "invalidSyntax");
  }
  return body.Operations.flatMap(toPlainOperations);
}

function toPlainOperations(input: unknown): PatchOperation[] {
  if (!isObject(input)) throw new ScimError(400, "An operation must be an object.", "invalidSyntax");
  const op = typeof input.op === "string" ? input.op.toLowerCase() : "";
  const path = input.path ?? "";
  if (typeof path !== "string") throw new ScimError(400, "path must be a string.", "invalidPath");
  if (/__proto__|\bconstructor\b|\bprototype\b/.test(path)) {
    throw new ScimError(400, "The path is not an attribute.", "invalidPath");
  }
  if (op === "remove") {
    if (path === "") throw new ScimError(400, "A remove needs a path.", "noTarget");
    return [{ op, path, ...(input.value === undefined ? {} : { value: input.value }) }];
  }
  if (op !== "add" && op !== "replace") {
    throw new ScimError(400, `The operation ${String(input.op)} is unknown.`, "invalidSyntax");
  }
  if (!("value" in input)) throw new ScimError(400, "An add or replace needs a value.", "invalidValue");
  return toAssignments(op, path, input.value);
}

/** A value object without a path, or under a whole extension, becomes one operation per attribute. */
function toAssignments(op: "add" | "replace", path: string, value: unknown): PatchOperation[] {
  const isWholeExtension = extensionSchemas.includes(path);
  if (path !== "" && !isWholeExtension) return [toAssignment(op, path, value)];
  if (!isObject(value))
    throw new ScimError(400, "Without a path the value must be an object.", "invalidValue");
  return Object.entries(value).flatMap(([key, each]) =>
    toPlainOperations({ op, path: isWholeExtension ? `${path}:${key}` : key, value: each }),
  );
}

/** Null unassigns (RFC 7643, 2.5). A manager given as plain text is the manager's id. */
function toAssignment(op: "add" | "replace", path: string, value: unknown): PatchOperation {
  if (value === null) return { op: "remove", path };
  if (path === `${enterpriseSchema}:manager` && typeof value === "string") {
    return { op, path: `${path}.value`, value };
  }
  return { op, path, value };
}

/** The effect of a group PATCH on the members: each step adds, removes or replaces ids. */
export type MemberStep = { op: "add" | "replace" | "remove"; ids: string[] };

/**
 * Parses the operation as a step on `members`, or returns null if it concerns something else. Understands `members`
 * with a list, one object or plain ids, `members[value eq "id"]`, and a remove without a value, which removes all
 * `currentIds`.
 */
export function toMemberStep(operation: PatchOperation, currentIds: Iterable<string>): MemberStep | null {
  const path = operation.path.replace(/^urn:ietf:params:scim:schemas:core:2\.0:Group:/, "");
  const one = /^members\[\s*value\s+eq\s+"([^"]*)"\s*\]$/i.exec(path);
  if (one?.[1] !== undefined) return { op: operation.op, ids: [one[1]] };
  if (path.toLowerCase() !== "members") return null;
  if (operation.op === "remove" && operation.value === undefined)
    return { op: "remove", ids: [...currentIds] };
  return { op: operation.op, ids: toMemberIds(operation.value) };
}

/** The ids in a `members` value. @throws ScimError 400 for a member without one */
export function toMemberIds(value: unknown): string[] {
  if (value === undefined || value === null) return [];
  const items: unknown[] = Array.isArray(value) ? value : [value];
  return items.map((item) => {
    const id = isObject(item) ? item.value : item;
    if (typeof id !== "string" || id === "") {
      throw new ScimError(400, "A member needs a value.", "invalidValue");
    }
    return id;
  });
}
