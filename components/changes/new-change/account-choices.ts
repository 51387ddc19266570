import type { TenantChoice } from "@/components/changes/new-change/tenant-choice";
import type { AccountRef } from "@/components/people/person-href";
import type { PersonParts } from "@/components/people/same-person";
import type { Account } from "@/lib/directory/types";

/** An account as a form offers it. */
export type AccountChoice = Account & {
  /** Why it cannot be chosen: its tenant is not written to, or there is nothing to do. */
  whyNot: string | null;
  /** Why what is planned for it waits. */
  waiting: string | null;
};

export type StandingKind = "update" | "offboard" | "restore";

export type PersonChoices = {
  name: string;
  /** The account that they were reached by. */
  start: AccountRef;
  /** Surely theirs: these come ticked. */
  sure: AccountChoice[];
  /** The same external id under another name, and the same name without anything else: never ticked unasked. */
  unlike: AccountChoice[];
  namesakes: AccountChoice[];
};

/** The accounts of a person as a change of one kind may take them. */
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

/** The accounts that a form takes from the start, by key. */
export function tickedAtFirst({ sure }: PersonChoices): string[] {
  return sure.filter(({ whyNot: why }) => why === null).map(accountKey);
}

/** All of them, in the order in which they are shown. */
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
  if (kind === "offboard" && !account.active) return "Archived already: there is nothing to do here.";
  if (kind === "restore" && account.active) return "Active: there is nothing to restore here.";
  const tenant = tenants.find(({ id }) => id === account.tenantId);
  return tenant ? tenant.whyNot : "Its tenant is disconnected.";
}
