import { rename } from "node:fs/promises";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { getSealStatus, listEvents } from "@/lib/audit/data";
import { as, createLogUnderTest, type LogUnderTest, testScope } from "@/test/audit-log";
import { verifyAudit } from "@/lib/audit/mutations";
import { eventFilterSchema } from "@/lib/audit/schema";
import type { Role } from "@/lib/auth/roles";
import { operatorScope } from "@/lib/auth/scope";

let log: LogUnderTest;
beforeAll(async () => {
  log = await createLogUnderTest();
  vi.stubEnv("DATABASE_URL", log.webUrl);
  vi.stubEnv("KEYS_DIR", log.keysDir);
  vi.stubEnv("AUDIT_ANCHOR_FILE", log.sealing.anchorFile);
  await log.append({ action: "tenant.paused", target: "Contoso" });
  await log.seal();
});
afterAll(() => log.end());

function verifyAs(role: Role) {
  const session = { sessionId: "s", operatorId: "o-1", name: "Olga", email: "o@x", role, tenantIds: [] };
  const request = { address: "203.0.113.24", userAgent: "x", requestId: "request-2" };
  return as(log.webUrl, () => verifyAudit(operatorScope(session, request)));
}

test("an auditor verifies the log, and the verification is recorded with its result", async () => {
  const report = await verifyAs("auditor");
  expect(report).toMatchObject({ isWhole: true, isPartial: false });
  const [event] = (await as(log.webUrl, () => listEvents(testScope, eventFilterSchema.parse({})))).items;
  expect(event).toMatchObject({
    action: "audit.verified",
    actor: { id: "o-1", name: "Olga" },
    result: "whole",
  });
  const { verified } = await as(log.webUrl, () => getSealStatus(testScope));
  expect(verified).toMatchObject({ isWhole: true, by: "Olga", words: report.words });
});

test("anchors that were removed make the log broken in the console too", async () => {
  const kept = `${log.sealing.anchorFile}.kept`;
  await rename(log.sealing.anchorFile, kept);
  expect(await verifyAs("auditor")).toMatchObject({
    isWhole: false,
    words: expect.stringContaining("Anchor of seal 1"),
  });
  await rename(kept, log.sealing.anchorFile);
  expect(await verifyAs("auditor")).toMatchObject({ isWhole: true });
});

test("a technician, who does not see every tenant, may not verify", async () => {
  await expect(verifyAs("technician")).rejects.toMatchObject({ code: "forbidden" });
});

test("a broken log is reported as broken, with the first broken event", async () => {
  const edit = "UPDATE event SET body = replace(body, 'Contoso', 'Fabrikam') WHERE id = 1";
  await log.attack(edit, "ALTER TABLE event ENABLE TRIGGER event_complete");
  expect(await verifyAs("owner")).toMatchObject({ isWhole: false });
  const { verified } = await as(log.webUrl, () => getSealStatus(testScope));
  expect(verified).toMatchObject({
    isWhole: false,
    words: expect.stringContaining("Event 1 (tenant.paused"),
  });
});
