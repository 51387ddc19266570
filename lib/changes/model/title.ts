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

/** A person of one tenant; for an import its file, for a reconcile its tenants, for undo and retry the earlier change. */
export type Named = { tenantId: string | null; name: string };

/**
 * The title of a change: "Onboard Ana Ruiz", "Offboard Dana Whitfield and 5 others", "Import staff.csv", "Undo CHG-12".
 * Whoever may see one of its tenants reads it. So a change over several tenants names only who is in all of them, and no
 * tenant.
 */
export function titleOf(intent: Intent, named: readonly Named[]): string {
  const verb = verbs[intent.kind];
  if (intent.kind === "reconcile" && intent.tenantIds.length > 1)
    return `${verb} ${intent.tenantIds.length} tenants`;
  const tenants = "accounts" in intent ? new Set(intent.accounts.map(({ tenantId }) => tenantId)).size : 1;
  const places = new Map<string, Set<string | null>>();
  for (const { tenantId, name } of named)
    if (name) places.set(name, (places.get(name) ?? new Set()).add(tenantId));
  const first = [...places].find(([, found]) => tenants === 1 || found.size === tenants)?.[0];
  if (first === undefined) return `${verb} ${countPeople(intent, tenants)}`;
  const others = places.size - 1;
  const rest = others > 0 ? ` and ${others} ${others === 1 ? "other" : "others"}` : "";
  return `${verb} ${first}${rest}`;
}

function countPeople(intent: Intent, tenants: number): string {
  if (!("accounts" in intent)) return "nobody";
  const [account] = intent.accounts;
  if (tenants === 1) return account?.userName ?? "nobody";
  return `${intent.accounts.length.toLocaleString("en-GB")} people in ${tenants} tenants`;
}
