import { expect, test } from "vitest";
import { requireSystem } from "@/lib/auth/require-system";
import { operatorScope, systemScope } from "@/lib/auth/scope";

const session = { sessionId: "s", operatorId: "o", name: "Olivia", email: "o@msp.example", tenantIds: [] };
const request = { address: "127.0.0.1", userAgent: "a test", requestId: "r" };

test("functions for system processes refuse every role, including owners", () => {
  expect(() => requireSystem(systemScope("worker", []))).not.toThrow();
  for (const role of ["owner", "technician", "auditor"] as const) {
    expect(() => requireSystem(operatorScope({ ...session, role }, request))).toThrow("Only a worker");
  }
});
