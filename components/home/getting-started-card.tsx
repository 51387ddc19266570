import { toGettingStarted } from "@/components/home/getting-started";
import { Card } from "@/components/ui/card";
import { CheckList } from "@/components/ui/check-list";
import { can } from "@/lib/auth/permissions";
import { loadCurrentOperator, loadOperators } from "@/lib/operators/loaders";
import { loadTenants } from "@/lib/tenants/loaders";

/** Gone once every step is done, and not there for whoever can do none of them. */
export async function GettingStartedCard() {
  const [tenants, { role }] = await Promise.all([loadTenants(), loadCurrentOperator()]);
  if (!can(role, "tenant.connect")) return null;
  const operators = can(role, "operator.manage") ? await loadOperators() : null;
  const owners =
    operators?.filter((operator) => operator.role === "owner" && !operator.isDisabled).length ?? null;
  const items = toGettingStarted({ tenants, owners });
  const done = items.filter(({ state }) => state === "done").length;
  if (done === items.length) return null;
  return (
    <Card title="Getting to safe" note={`${done} of ${items.length}, computed`}>
      <CheckList items={items} />
    </Card>
  );
}
