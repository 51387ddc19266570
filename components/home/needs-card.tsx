import type { Need } from "@/components/home/needs";
import { Card } from "@/components/ui/card";
import { LinkButton } from "@/components/ui/link-button";
import { Monogram } from "@/components/ui/monogram";
import { TextLink } from "@/components/ui/text-link";
import { Time } from "@/components/ui/time";
import { countOf } from "@/components/words/count-words";
import { WordStatus } from "@/components/words/word-status";

/** Beyond this number, the page of their list shows the rest. */
const needsMax = 7;

type NeedsCardProps = {
  tenantNeeds: readonly Need[];
  changeNeeds: readonly Need[];
  tenants: number;
  asOf: Date;
};

/** What needs a person, each row with the action that resolves it. */
export function NeedsCard({ tenantNeeds, changeNeeds, tenants, asOf }: NeedsCardProps) {
  const needs = [...tenantNeeds, ...changeNeeds];
  const looked = (
    <>
      {countOf(tenants, "tenant", "tenants")} and their changes, looked at <Time at={asOf} />
    </>
  );
  if (needs.length === 0) {
    return (
      <Card title="Needs you">
        <p className="text-ink-2">
          Nothing needs you.{" "}
          {countOf(tenants, "tenant and its changes were", "tenants and their changes were")} looked at{" "}
          <Time at={asOf} format="full" />.
        </p>
      </Card>
    );
  }
  return (
    <Card title="Needs you" note={looked} isFlush>
      <ul>
        {needs.slice(0, needsMax).map((need) => (
          <NeedRow key={need.id} need={need} isTenant={tenantNeeds.includes(need)} />
        ))}
      </ul>
      {needs.length > needsMax ? (
        <p className="border-t border-line px-4 py-2 text-ink-2">
          {countOf(needs.length - needsMax, "more waits", "more wait")} in{" "}
          <TextLink href="/tenants?show=trouble">Tenants</TextLink> and{" "}
          <TextLink href="/changes">Changes</TextLink>.
        </p>
      ) : null}
    </Card>
  );
}

function NeedRow({ need, isTenant }: { need: Need; isTenant: boolean }) {
  return (
    <li className="grid items-center gap-x-4 gap-y-1 border-t border-line px-4 py-2 first:border-t-0 sm:grid-cols-[8rem_minmax(0,1fr)_auto] xl:grid-cols-[8rem_14rem_minmax(0,1fr)_auto]">
      <WordStatus word={need.word} />
      <span className="flex min-w-0 items-center gap-2 max-xl:sm:col-start-2">
        {isTenant ? <Monogram name={need.name} /> : null}
        <TextLink href={need.href} variant="plain" className="min-w-0 [overflow-wrap:anywhere]">
          {need.name}
        </TextLink>
      </span>
      <p className="min-w-0 text-ink-2 max-xl:sm:col-start-2">
        {need.since ? (
          <>
            Since <Time at={need.since} />.{" "}
          </>
        ) : null}
        {need.text}
      </p>
      <LinkButton
        href={need.fix.href}
        size="small"
        className="justify-self-start max-xl:sm:col-start-3 max-xl:sm:row-span-2 max-xl:sm:row-start-1"
      >
        {need.fix.label}
        <span className="sr-only"> for {need.name}</span>
      </LinkButton>
    </li>
  );
}
