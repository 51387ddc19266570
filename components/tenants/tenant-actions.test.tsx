import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { TenantActions } from "@/components/tenants/tenant-actions";
import { tenantCan, tenantStates } from "@/lib/tenants/tenant-can";
import type { TenantDetail, TenantState } from "@/lib/tenants/types";

function show(state: TenantState, role: "technician" | "auditor" = "technician"): string {
  const tenant = { id: "t1", name: "Contoso", state, lastReadState: "complete", open: 0 } as TenantDetail;
  return renderToStaticMarkup(<TenantActions tenant={tenant} role={role} />);
}

test.each(tenantStates)(
  "while a tenant is %s, possible actions are offered and impossible ones say why",
  (state) => {
    const html = show(state);
    expect(html.includes("Pause")).toBe(tenantCan.pause({ state }));
    expect(html.includes("Resume Contoso")).toBe(state === "paused");
    const refusal = tenantCan.read.whyNot({ state });
    expect(html.includes('aria-disabled="true"')).toBe(refusal !== null && state !== "disconnected");
    if (refusal && state !== "disconnected") expect(html).toContain(`${refusal.cause} ${refusal.next}`);
  },
);

test("an operator who may do nothing there sees no actions and no reasons", () => {
  expect(show("paused", "auditor")).not.toContain("<button");
});
