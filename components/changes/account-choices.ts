import type { AccountChoice } from "@/components/changes/accounts-field";
import type { TenantChoice } from "@/components/changes/tenant-choice";
import type { Account, Person } from "@/lib/directory/types";

export type StandingKind = "update" | "offboard" | "restore";

export type PersonChoices = { name: string; accounts: AccountChoice[]; namesakes: AccountChoice[] };

/** The accounts of a person as a change of one kind may take them. */
export function toPersonChoices(
  kind: StandingKind,
  person: Person,
  tenants: readonly TenantChoice[],
): PersonChoices {
  const toChoice = (account: Account): AccountChoice => ({
    ...account,
    whyNot: whyNot(kind, account, tenants),
  });
  return {
    name: person.name,
    accounts: person.accounts.map(toChoice),
    namesakes: person.namesakes.map(toChoice),
  };
}

function whyNot(kind: StandingKind, account: Account, tenants: readonly TenantChoice[]): string | null {
  if (kind === "offboard" && !account.active) return "Archived already: there is nothing to do here.";
  if (kind === "restore" && account.active) return "Active: there is nothing to restore here.";
  const tenant = tenants.find(({ id }) => id === account.tenantId);
  return tenant ? tenant.whyNot : "Its tenant is disconnected.";
}
