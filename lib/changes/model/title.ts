import type { Intent, IntentKind } from "@/lib/changes/model/intent";

const verbs: Record<IntentKind, string> = {
  onboard: "Onboard",
  update: "Update",
  offboard: "Offboard",
  restore: "Restore",
  import: "Import",
  reconcile: "Reconcile",
  undo: "Undo",
  retry: "Retry",
};

/**
 * The title of a change: "Onboard Ana Ruiz", "Offboard Dana Whitfield and 5 others", "Import staff.csv", "Undo
 * CHG-12".
 * @param names people; for an import its file, for a reconcile its tenants, for undo and retry the earlier change.
 */
export function titleOf(intent: Intent, names: readonly string[]): string {
  const distinct = [...new Set(names.filter(Boolean))];
  const verb = verbs[intent.kind];
  // Everybody who may see one of the tenants sees the title, so it names none of several.
  if ("tenantIds" in intent && intent.tenantIds.length > 1 && intent.kind === "reconcile")
    return `${verb} ${intent.tenantIds.length} tenants`;
  const first = distinct[0] ?? ("accounts" in intent ? intent.accounts[0]?.userName : null) ?? "nobody";
  const others = distinct.length - 1;
  const rest = others > 0 ? ` and ${others} ${others === 1 ? "other" : "others"}` : "";
  return `${verb} ${first}${rest}`;
}
