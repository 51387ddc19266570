import { Card } from "@/components/ui/card";
import { type CheckItem, CheckList } from "@/components/ui/fields/check-list";
import { Time } from "@/components/ui/time";
import type { ProbeStep } from "@/lib/knowbe4/probe";
import type { TenantDetail } from "@/lib/tenants/types";

/** The steps of a connection test in order, shown before the first result. */
const steps: Record<ProbeStep["key"], string> = {
  address: "The address answers",
  token: "The token is accepted",
  users: "Users can be listed",
  lookup: "A person can be looked up",
  groups: "Groups can be listed",
  "service-provider-config": "The service describes its features",
};

/** The result of the connection test, or the steps that are running. */
export function ProbeCard({ tenant }: { tenant: TenantDetail }) {
  const { probe, probedAt, state } = tenant;
  if (state === "connecting") {
    return (
      <Card title="Testing the connection" note="reads only, no write">
        <CheckList items={Object.values(steps).map((label) => ({ label, state: "todo" }))} />
        <p className="mt-3 text-ink-2">
          A worker opens the token and sends the requests. Results usually arrive within seconds.
        </p>
      </Card>
    );
  }
  if (!probe) {
    return (
      <Card title="Connection test">
        <p className="text-ink-2">Not tested: the token could not be used.</p>
      </Card>
    );
  }
  return (
    <Card title="Connection test" note={probedAt ? <Time at={probedAt} /> : undefined}>
      <CheckList items={probe.steps.map(toItem)} />
    </Card>
  );
}

/** A step that was skipped or is not offered is neither passed nor failed. */
function toItem({ name, state, evidence, remedy }: ProbeStep): CheckItem {
  const detail = remedy ? `${evidence} ${remedy}` : evidence;
  return { label: name, detail, state: state === "ok" ? "done" : state === "failed" ? "failed" : "todo" };
}
