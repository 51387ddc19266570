import type { AttributeKey } from "@/lib/knowbe4/attributes";
import type { PlannedOperation } from "@/lib/changes/model/plan-types";

/**
 * Leaves out values that the tenant's policy protects, for every operator. An update of nothing else is refused; the
 * address of a new account cannot be left out.
 */
export function leaveOutProtected(
  operation: PlannedOperation,
  protectedKeys: ReadonlySet<AttributeKey>,
): PlannedOperation {
  const { intent } = operation;
  if (protectedKeys.size === 0 || (intent.kind !== "create" && intent.kind !== "update")) return operation;
  const isLeftOut = (key: string) => key !== "userName" && (protectedKeys as ReadonlySet<string>).has(key);
  const given = intent.kind === "create" ? intent.values : intent.changes;
  if (!Object.keys(given).some(isLeftOut)) return operation;
  const rest = Object.fromEntries(Object.entries(given).filter(([key]) => !isLeftOut(key)));
  const labels = operation.diff.filter(({ field }) => isLeftOut(field)).map(({ label }) => label);
  const shared = {
    ...operation,
    why: `${operation.why}; ${labels.join(", ")} protected and left alone`,
    risks: [...operation.risks, "protected-attribute" as const],
  };
  if (intent.kind === "update" && Object.keys(rest).length === 0) {
    return { ...shared, state: "skipped", reason: "switched-off" };
  }
  return {
    ...shared,
    intent: intent.kind === "create" ? { kind: "create", values: rest } : { kind: "update", changes: rest },
    diff: operation.diff.filter(({ field }) => !isLeftOut(field)),
  };
}
