import { toGettingStarted } from "@/components/home/getting-started";
import { Card } from "@/components/ui/card";
import { CheckList } from "@/components/ui/fields/check-list";
import { can } from "@/lib/auth/permissions";
import { loadCurrentOperator, loadOperators } from "@/lib/operators/loaders";
import { loadTenants } from "@/lib/tenants/loaders";

/** Hidden once every step is done, and for operators who can do none of them. */
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
    <Card title="Setup" note={`${done} of ${items.length} steps done`}>
      <CheckList items={items} />
    </Card>
  );
}
