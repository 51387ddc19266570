import { toWaitingNote } from "@/components/changes/model/tenant-note";
import { getCatalogueEntry } from "@/lib/knowbe4/catalogue";
import { refusalOf } from "@/lib/changes/rails/rails";
import type { TenantOption, TenantSummary } from "@/lib/tenants/types";

/** A tenant that a form offers. */
export type TenantChoice = {
  id: string;
  name: string;
  domains: readonly string[];
  /** Why it refuses writes and what to do; null if it accepts them. */
  whyNot: string | null;
  /** Why its operations will wait; null if they are sent at once. */
  waiting: string | null;
};

/** Disconnected tenants are not offered: nothing in a form can change that. */
export function toTenantChoices(tenants: readonly TenantOption[]): TenantChoice[] {
  return tenants
    .filter(({ state }) => state !== "disconnected")
    .map((tenant) => ({
      id: tenant.id,
      name: tenant.name,
      domains: tenant.domains,
      whyNot: whyNotWritable(tenant),
      waiting: toWaitingNote(tenant),
    }))
    .sort((a, b) => a.name.localeCompare(b.name, "en"));
}

/**
 * A paused or quarantined tenant can be chosen: its operations wait and are sent later. If an offboarding left it out,
 * the person would stay active there without a notice.
 */
export function whyNotWritable(tenant: Pick<TenantSummary, "state" | "mode" | "readAt">): string | null {
  const refusal = refusalOf(tenant);
  if (refusal === null) return null;
  const { title, remedy } = getCatalogueEntry(refusal);
  return `${title}. ${remedy}`;
}
