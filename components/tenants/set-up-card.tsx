import { Card } from "@/components/ui/card";
import { type CheckItem, CheckList } from "@/components/ui/fields/check-list";
import type { TenantDetail } from "@/lib/tenants/types";

/** The steps from a token to a usable tenant, shown until the first full read. */
export function SetUpCard({ tenant }: { tenant: TenantDetail }) {
  return (
    <Card title="Getting started" note="updates automatically; you can close this page">
      <CheckList
        items={[
          { label: "Token sealed", state: "done" },
          { label: "Tenant answers", ...toAnswer(tenant) },
          { label: "First full read", ...toFirstRead(tenant) },
          {
            label: "Pass the cut-over gate",
            state: "todo",
            detail: "Adopt the inventory, then an owner signs. Until then nothing is written.",
          },
        ]}
      />
    </Card>
  );
}

type Step = Pick<CheckItem, "state" | "detail">;

function toAnswer({ state }: TenantDetail): Step {
  if (state === "healthy") return { state: "done" };
  if (state === "quarantined") return { state: "failed", detail: "See the cause above." };
  return state === "paused" ? { state: "todo", detail: "The tenant is paused." } : { state: "current" };
}

function toFirstRead({ state, lastReadState }: TenantDetail): Step {
  if (state !== "healthy") return { state: "todo" };
  if (lastReadState === "failed") return { state: "failed", detail: "See the cause above." };
  return {
    state: "current",
    detail: lastReadState === "running" ? "Reading people and groups." : "Waiting for a worker.",
  };
}
