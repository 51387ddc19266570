import { Card } from "@/components/ui/card";
import { type CheckItem, CheckList } from "@/components/ui/check-list";
import type { TenantDetail } from "@/lib/tenants/types";

/** From a token to a tenant that can be worked with, for as long as its directory was never read whole. */
export function SetUpCard({ tenant }: { tenant: TenantDetail }) {
  return (
    <Card title="Getting started" note="this page follows it; you can close it">
      <CheckList
        items={[
          { label: "Token sealed", state: "done" },
          { label: "The tenant answers", ...toAnswer(tenant) },
          { label: "First read of its directory", ...toFirstRead(tenant) },
          {
            label: "Pass the cut-over gate",
            state: "todo",
            detail: "The inventory is adopted and an owner signs. Until then nothing is written to it.",
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
