import { Card } from "@/components/ui/card";
import { type CheckItem, CheckList } from "@/components/ui/check-list";
import { Time } from "@/components/ui/time";
import type { ProbeStep } from "@/lib/knowbe4/probe";
import type { TenantDetail } from "@/lib/tenants/types";

/** What a probe asks, in its order, for the time before there is an answer. */
const steps: Record<ProbeStep["key"], string> = {
  address: "The address answers",
  token: "The token is accepted",
  users: "Users can be listed",
  lookup: "A person can be looked up",
  groups: "Groups can be listed",
  "service-provider-config": "The service describes itself",
};

/** How the tenant answered when it was connected, or what it is being asked at this moment. */
export function ProbeCard({ tenant }: { tenant: TenantDetail }) {
  const { probe, probedAt, state } = tenant;
  if (state === "connecting") {
    return (
      <Card title="Asking the tenant" note="four reads, no write">
        <CheckList items={Object.values(steps).map((label) => ({ label, state: "todo" }))} />
        <p className="mt-3 text-ink-2">
          A worker opens the token and asks. The answers come together, mostly within seconds.
        </p>
      </Card>
    );
  }
  if (!probe) {
    return (
      <Card title="Probe">
        <p className="text-ink-2">It was not asked: the token could not be used.</p>
      </Card>
    );
  }
  return (
    <Card title="Probe" note={probedAt ? <Time at={probedAt} /> : undefined}>
      <CheckList items={probe.steps.map(toItem)} />
    </Card>
  );
}

/** A step that was not tried, or is not offered, is neither good nor bad. */
function toItem({ name, state, evidence, remedy }: ProbeStep): CheckItem {
  const detail = remedy ? `${evidence} ${remedy}` : evidence;
  return { label: name, detail, state: state === "ok" ? "done" : state === "failed" ? "failed" : "todo" };
}
