import fc from "fast-check";
import { expect, test } from "vitest";
import { AccessDeniedError } from "@/lib/auth/access-denied-error";
import { authorize } from "@/lib/auth/authorize";
import { can, type Permission, permissions } from "@/lib/auth/permissions";
import { type Role, roles } from "@/lib/auth/roles";
import { mayTouch, operatorScope, systemScope } from "@/lib/auth/scope";
import { propertyRuns } from "@/test/run-length";

/** The matrix from the other side: role by role, as design.md lists it. */
function reference(role: Role, permission: Permission): boolean {
  if (role === "owner") return true;
  if (permission === "self.manage" || permission === "list.export") return true;
  if (role === "auditor") return permission.endsWith(".read") || permission === "audit.verify";
  const owners = ["tenant.mode", "tenant.disconnect", "operator.manage", "rails.manage", "fleet.manage"];
  return permission !== "audit.verify" && !owners.includes(permission);
}

const tenants = ["t1", "t2", "t3", "t4"];
const principal = fc.record({ role: fc.constantFrom(...roles), grants: fc.subarray(tenants) });
const request = { address: "192.0.2.1", userAgent: "", requestId: "r" };

function scopeOf(role: Role, tenantIds: string[]) {
  return operatorScope({ role, tenantIds, sessionId: "s", operatorId: "o", name: "n" }, request);
}

test("each role has the permissions its description gives it, and no other", () => {
  for (const role of roles)
    for (const permission of permissions)
      expect(can(role, permission), `${role} ${permission}`).toBe(reference(role, permission));
});

test("an action in a tenant requires both the role and the tenant", () => {
  const asked = fc.record({ permission: fc.constantFrom(...permissions), asked: fc.subarray(tenants) });
  fc.assert(
    fc.property(principal, asked, ({ role, grants }, { permission, asked }) => {
      const isTheirs = role !== "technician" || asked.every((tenant) => grants.includes(tenant));
      const code = !reference(role, permission) ? "forbidden" : isTheirs ? null : "not-found";
      expect(refusalOf(() => authorize(scopeOf(role, grants), permission, asked))).toBe(code);
    }),
    { numRuns: propertyRuns(10_000) },
  );
});

test("a system process is limited only by its tenants", () => {
  const worker = systemScope("worker", ["t1"]);
  expect(refusalOf(() => authorize(worker, "change.apply", ["t1"]))).toBeNull();
  expect(refusalOf(() => authorize(worker, "change.apply", ["t1", "t2"]))).toBe("not-found");
});

test("a function that receives a scope cannot widen it", () => {
  const grants = ["t1"];
  const scope = scopeOf("technician", grants);
  grants.push("t2");
  expect(mayTouch(scope, "t2")).toBe(false);
  expect(() => Object.assign(scope, { tenants: "all" })).toThrow(TypeError);
  expect(() => Object.assign(scope.actor, { role: "owner" })).toThrow(TypeError);
  expect(() => Object.assign(scope.tenants, { 0: "t2" })).toThrow(TypeError);
});

function refusalOf(work: () => void): string | null {
  try {
    work();
    return null;
  } catch (error) {
    if (error instanceof AccessDeniedError) return error.code;
    throw error;
  }
}
