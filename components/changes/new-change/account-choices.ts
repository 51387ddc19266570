import type { TenantChoice } from "@/components/changes/new-change/tenant-choice";
import type { AccountRef } from "@/components/people/person-href";
import type { PersonParts } from "@/components/people/same-person";
import type { Account } from "@/lib/directory/types";

/** An account that a form offers. */
export type AccountChoice = Account & {
  /** Why it cannot be chosen: its tenant refuses writes, or nothing would change. */
  whyNot: string | null;
  /** Why its operations will wait. */
  waiting: string | null;
};

export type StandingKind = "update" | "offboard" | "restore";

export type PersonChoices = {
  name: string;
  /** The account whose page has the link to this form. */
  start: AccountRef;
  /** Certainly the person's, so ticked at first. */
  sure: AccountChoice[];
  /** Only the external ID or only the name matches: never ticked at first. */
  unlike: AccountChoice[];
  namesakes: AccountChoice[];
};

/** A person's accounts, each with whether this kind of change can include it. */
export function toPersonChoices(
  kind: StandingKind,
  { name, start, parts }: { name: string; start: AccountRef; parts: PersonParts },
  tenants: readonly TenantChoice[],
): PersonChoices {
  const toChoice = (account: Account): AccountChoice => ({
    ...account,
    whyNot: whyNot(kind, account, tenants),
    waiting: tenants.find(({ id }) => id === account.tenantId)?.waiting ?? null,
  });
  const { sure, unlike, namesakes } = parts;
  return {
    name,
    start,
    sure: sure.map(toChoice),
    unlike: unlike.map(toChoice),
    namesakes: namesakes.map(toChoice),
  };
}

/** Keys of the accounts that are ticked at first. */
export function tickedAtFirst({ sure }: PersonChoices): string[] {
  return sure.filter(({ whyNot: why }) => why === null).map(accountKey);
}

/** All of them, in display order. */
export function chosenAccounts(
  { sure, unlike, namesakes }: PersonChoices,
  keys: readonly string[],
): AccountChoice[] {
  return [...sure, ...unlike, ...namesakes].filter((account) => keys.includes(accountKey(account)));
}

export function accountKey({ tenantId, resourceId }: Pick<Account, "tenantId" | "resourceId">): string {
  return `${tenantId} ${resourceId}`;
}

function whyNot(kind: StandingKind, account: Account, tenants: readonly TenantChoice[]): string | null {
  if (kind === "offboard" && !account.active) return "Already archived. Nothing to do here.";
  if (kind === "restore" && account.active) return "Active. Nothing to restore here.";
  const tenant = tenants.find(({ id }) => id === account.tenantId);
  return tenant ? tenant.whyNot : "Its tenant is disconnected.";
}
