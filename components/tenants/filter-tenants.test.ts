import { expect, test } from "vitest";
import { tenantsHref, toTenantView } from "@/components/tenants/filter-tenants";
import { foldListFields } from "@/components/tenants/fold-list-fields";
import { toVersion } from "@/components/tenants/tenant-version";
import { tabHref, toTenantTab } from "@/components/tenants/tenant-tabs";
import type { TenantDetail } from "@/lib/tenants/types";

const tenant: TenantDetail = {
  id: "t1",
  name: "Łódź Credit Union",
  mode: "observe",
  state: "healthy",
  reason: null,
  reasonAt: null,
  cooldownTo: null,
  domains: ["lodz.example"],
  testMode: null,
  users: 2,
  active: 1,
  groups: 0,
  readAt: new Date("2026-11-21T09:00:00Z"),
  lastReadState: "complete",
  lastReadReason: null,
  lastConfirmedAt: null,
  unconfirmed: 0,
  open: 0,
  tenantUrl: "https://training.knowbe4.com/scim/v2",
  connectedAt: new Date("2026-11-20T09:00:00Z"),
  disconnectedAt: null,
  probe: null,
  probedAt: null,
  rate: 2,
  rateMax: 2,
  inFlightMax: 2,
  visibleInMinutes: 240,
  archiveHoldMin: 3,
  archiveHoldShare: 0.1,
  restoreHoldMin: 3,
  restoreHoldShare: 0.1,
  removalHoldMin: 3,
  removalHoldShare: 0.1,
  allowCreate: true,
  allowUpdate: true,
  allowArchive: true,
  seats: null,
  reconciles: false,
  probeNextAt: null,
  quarantinedAt: null,
  adoptedAt: null,
  signedAt: null,
  signedBy: null,
  credential: null,
};

test("an address with unknown values shows the first tab and every tenant", () => {
  expect(toTenantTab("mapping")).toBe("overview");
  expect(toTenantView("gone")).toBe("all");
  expect(tenantsHref({ view: "all", text: "" })).toBe("/tenants");
  expect(tenantsHref({ view: "trouble", text: "a b", after: "x" })).toBe(
    "/tenants?show=trouble&q=a+b&after=x",
  );
  expect(tabHref("t1", "overview")).toBe("/tenants/t1");
  expect(tabHref("t1", "people", { q: "a & b", state: undefined })).toBe("/tenants/t1?tab=people&q=a+%26+b");
});

test("the version is the same as JSON, and differs when something changed", () => {
  expect(toVersion(JSON.parse(JSON.stringify(tenant)) as TenantDetail)).toBe(toVersion(tenant));
  expect(toVersion({ ...tenant, lastReadState: "running" })).not.toBe(toVersion(tenant));
  expect(toVersion({ ...tenant, open: 1 })).not.toBe(toVersion(tenant));
});

test("an error in one domain of a list is shown under the list's only field", () => {
  const fields = { "domains.1": "First.", "domains.2": "Second.", name: "Name." };
  const folded = foldListFields({ ok: false, message: "Some values are not valid.", fields });
  expect(folded).toMatchObject({ fields: { domains: "First.", name: "Name." } });
});
