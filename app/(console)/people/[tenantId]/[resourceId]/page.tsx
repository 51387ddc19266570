import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { PageBody } from "@/components/layout/page-body";
import { PageHeader } from "@/components/layout/page-header";
import { AccountCard } from "@/components/people/account-card";
import { type AccountRef, decodePathPart, newChangeHref } from "@/components/people/person-href";
import { isUuid } from "@/components/people/people-query";
import { PeopleTable } from "@/components/people/people-table";
import { splitPerson } from "@/components/people/same-person";
import { Card } from "@/components/ui/card";
import { LinkButton } from "@/components/ui/link-button";
import { countOf } from "@/components/words/count-words";
import { can } from "@/lib/auth/permissions";
import { loadPerson } from "@/lib/directory/loaders";
import type { Account, AccountRow, Person } from "@/lib/directory/types";
import { loadCurrentOperator } from "@/lib/operators/loaders";

type Params = Promise<{ tenantId: string; resourceId: string }>;

export async function generateMetadata({ params }: { params: Params }): Promise<Metadata> {
  return { title: (await getPerson(await params)).name };
}

export default async function PersonPage({ params }: { params: Params }) {
  const { tenantId, resourceId } = await params;
  const [person, operator] = await Promise.all([getPerson({ tenantId, resourceId }), loadCurrentOperator()]);
  const here = { tenantId, resourceId: decodePathPart(resourceId) };
  const { sure, unlike, namesakes } = splitPerson(person, here);
  return (
    <>
      <PageHeader
        title={person.name || "A person without a name"}
        parent={{ href: "/people", label: "People" }}
        actions={can(operator.role, "change.create") ? <PersonActions accounts={sure} here={here} /> : null}
      />
      <PageBody>
        <p className="text-ink-2">{toSummary(sure)}</p>
        <div className="grid items-start gap-4 xl:grid-cols-2">
          {sure.map((account) => (
            <AccountCard key={`${account.tenantId} ${account.resourceId}`} account={account} />
          ))}
        </div>
        <Others
          title="Same name, perhaps the same person"
          note="Only the name matches the accounts above."
          accounts={namesakes}
        />
        <Others
          title="Same external ID, another name"
          note="Clients often use the same numbers, so these are probably other people."
          accounts={unlike}
        />
      </PageBody>
    </>
  );
}

/** An invalid tenant ID means no person. */
async function getPerson({
  tenantId,
  resourceId,
}: {
  tenantId: string;
  resourceId: string;
}): Promise<Person> {
  if (!isUuid(tenantId)) notFound();
  return (await loadPerson(tenantId, decodePathPart(resourceId))) ?? notFound();
}

function PersonActions({ accounts, here }: { accounts: readonly Account[]; here: AccountRef }) {
  const hasActive = accounts.some(({ active }) => active);
  const hasArchived = accounts.some(({ active }) => !active);
  return (
    <>
      <LinkButton href={newChangeHref("update", here)}>Update</LinkButton>
      {hasArchived ? (
        <LinkButton href={newChangeHref("restore", here)} variant={hasActive ? "secondary" : "primary"}>
          Restore
        </LinkButton>
      ) : null}
      {hasActive ? (
        <LinkButton href={newChangeHref("offboard", here)} variant="primary">
          Offboard everywhere
        </LinkButton>
      ) : null}
    </>
  );
}

function toSummary(accounts: readonly Account[]): string {
  const tenants = new Set(accounts.map(({ tenantId }) => tenantId)).size;
  const archived = accounts.filter(({ active }) => !active).length;
  const where = `${countOf(accounts.length, "account", "accounts")} in ${countOf(tenants, "tenant", "tenants")}`;
  const state =
    archived === 0 ? "" : archived === accounts.length ? ", archived" : `, ${archived} of them archived`;
  return `${where}${state}`;
}

type OthersProps = { title: string; note: string; accounts: readonly Account[] };

/** Possible accounts of the person, apart from the certain ones. */
function Others({ title, note, accounts }: OthersProps) {
  if (accounts.length === 0) return null;
  return (
    <Card title={title} note={note} isFlush>
      <PeopleTable label={title} rows={accounts.map(toRow)} />
    </Card>
  );
}

function toRow({ attributes, groups: _groups, seenAt: _seenAt, ...account }: Account): AccountRow {
  return { ...account, title: attributes.title ?? null, department: attributes.department ?? null };
}
