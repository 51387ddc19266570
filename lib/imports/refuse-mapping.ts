import { attributes, isAttributeKey } from "@/lib/knowbe4/attributes";
import type { ColumnTarget } from "@/lib/imports/types";

/** Why a mapping cannot be used, in words for people; null when it can. */
export function refuseMapping(targets: readonly ColumnTarget[], hasTenantColumn: boolean): string | null {
  if (!targets.includes("userName"))
    return "No column holds the e-mail address, which identifies each person. Choose that column.";
  if (hasTenantColumn && !targets.includes("tenant"))
    return "No column names the tenant. Choose that column, or import the file for one tenant.";
  if (!hasTenantColumn && targets.includes("tenant"))
    return "This import is for one tenant, so no column can name another. Ignore that column.";
  const twice = targets.find((target, index) => isSingle(target) && targets.indexOf(target) !== index);
  if (!twice) return null;
  return `Two columns are “${toTargetLabel(twice)}”, but only one can be. Ignore one of them.`;
}

/** Whether at most one column may have this meaning. */
function isSingle(target: ColumnTarget): boolean {
  return target !== "groups" && target !== "extra" && target !== "ignore";
}

const labels: Record<Exclude<ColumnTarget, keyof typeof attributes>, string> = {
  tenant: "Tenant (name or domain)",
  groups: "Groups",
  status: "Status (active, archived)",
  archived: "Archived (yes, no)",
  extra: "Keep as an extra field",
  ignore: "Ignore",
};

export function toTargetLabel(target: ColumnTarget): string {
  return isAttributeKey(target) ? attributes[target].label : labels[target];
}
