/** A group that exists in a tenant. */
export type StandingGroup = { tenantId: string; displayName: string };

export type GroupChoice = { name: string /** How many of the chosen tenants have it. */; tenants: number };

/** The groups of the chosen tenants by name. Spellings of one name count as one group, shown in the most common one. */
export function listGroupChoices(
  groups: readonly StandingGroup[],
  tenantIds: readonly string[],
): GroupChoice[] {
  const chosen = new Set(tenantIds);
  const byKey = new Map<string, { name: string; tenants: Set<string> }>();
  for (const { tenantId, displayName } of groups) {
    if (!chosen.has(tenantId)) continue;
    const known = byKey.get(groupKey(displayName)) ?? { name: displayName, tenants: new Set() };
    known.tenants.add(tenantId);
    byKey.set(groupKey(displayName), known);
  }
  return [...byKey.values()]
    .map(({ name, tenants }) => ({ name, tenants: tenants.size }))
    .sort((a, b) => b.tenants - a.tenants || a.name.localeCompare(b.name, "en"));
}

/** True if the planner treats two names as one group. */
export function groupKey(name: string): string {
  return name.normalize("NFC").trim().toLowerCase();
}

/** "in 3 of 3 tenants", "new, will be created in 3 tenants", "in 1 of 3 tenants, will be created where missing". */
export function toGroupText(having: number, all: number): string {
  if (all === 0) return "choose tenants first";
  if (having === all) return `in ${having} of ${all} ${all === 1 ? "tenant" : "tenants"}`;
  if (having === 0) return `new, will be created in ${all} ${all === 1 ? "tenant" : "tenants"}`;
  return `in ${having} of ${all} tenants, will be created where missing`;
}
