import { AccountStatus } from "@/components/people/account-status";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { Code } from "@/components/ui/code";
import { DefinitionList } from "@/components/ui/definition-list";
import { TextLink } from "@/components/ui/text-link";
import { Time } from "@/components/ui/time";
import type { Account } from "@/lib/directory/types";
import { type AttributeKey, attributeKeys, attributes } from "@/lib/knowbe4/attributes";

type AccountCardProps = { account: Account };

/** One account of a person, as it was last seen in its tenant. */
export function AccountCard({ account }: AccountCardProps) {
  const details = attributeKeys.flatMap((key) => toDetail(key, account.attributes[key]));
  return (
    <Card
      title={account.tenantName}
      note={
        <>
          seen in KnowBe4 <Time at={account.seenAt} />
        </>
      }
      aside={<TextLink href={`/tenants/${account.tenantId}`}>Open tenant</TextLink>}
    >
      <div className="flex flex-col gap-4">
        <p className="flex flex-wrap items-center gap-x-4 gap-y-1">
          <Code className="text-13 [overflow-wrap:anywhere]">{account.userName}</Code>
          <AccountStatus isActive={account.active} />
        </p>
        <DefinitionList items={details} />
        <div>
          <h3 className="text-12 text-ink-3">Groups</h3>
          {account.groups.length > 0 ? (
            <ul className="mt-1 flex flex-wrap gap-1.5">
              {account.groups.map((group) => (
                <li key={group}>
                  <Badge className="px-2 font-normal">{group}</Badge>
                </li>
              ))}
            </ul>
          ) : (
            <p className="text-ink-2">In no group</p>
          )}
        </div>
      </div>
    </Card>
  );
}

/** The address is above the details. Dates are shown as KnowBe4 stores them. */
function toDetail(key: AttributeKey, value: string | undefined) {
  if (value === undefined || key === "userName") return [];
  const isId = key === "externalId" || attributes[key].kind === "date";
  return [{ term: attributes[key].label, detail: isId ? <Code>{value}</Code> : value }];
}
