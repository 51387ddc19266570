import { toWaitingNote } from "@/components/changes/model/tenant-note";
import { getCatalogueEntry } from "@/lib/knowbe4/catalogue";
import { refusalOf } from "@/lib/changes/rails/rails";
import type { TenantOption, TenantSummary } from "@/lib/tenants/types";

/** A tenant as a form offers it. */
export type TenantChoice = {
  id: string;
  name: string;
  domains: readonly string[];
  /** Why nothing can be written to it now, with the way out; null when something can. */
  whyNot: string | null;
  /** Why what is planned for it waits; null when it goes out at once. */
  waiting: string | null;
};

/** Disconnected tenants are not offered at all: there is nothing anybody could do about them in a form. */
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
 * A paused or quarantined tenant can be chosen: its operations wait and go out when it is back. Left out of an
 * offboarding, somebody would stay active there and nothing would say so.
 */
export function whyNotWritable(tenant: Pick<TenantSummary, "state" | "mode" | "readAt">): string | null {
  const refusal = refusalOf(tenant);
  if (refusal === null) return null;
  const { title, remedy } = getCatalogueEntry(refusal);
  return `${title}. ${remedy}`;
}
