import { personHref } from "@/components/people/person-href";
import { Code } from "@/components/ui/code";
import { Disclosure } from "@/components/ui/disclosure";
import { TextLink } from "@/components/ui/text-link";
import { countOf } from "@/components/words/count-words";
import { loadAbsent } from "@/lib/tenants/loaders";

/** Enough to show what kind of people they are. */
const peopleMax = 50;

/** People whom KnowBe4 would archive because they are absent. */
export async function AbsentPeople({ tenantId, absent }: { tenantId: string; absent: number }) {
  const people = await loadAbsent(tenantId, peopleMax);
  return (
    <Disclosure
      summary={`Who would be archived: ${countOf(absent, "person", "people")}`}
      className="mt-3 rounded-2 border border-line"
    >
      <ul className="flex flex-col gap-1 px-4 py-3">
        {people.map(({ resourceId, userName, displayName }) => (
          <li key={resourceId} className="flex flex-wrap items-baseline gap-x-2">
            <TextLink href={personHref({ tenantId, resourceId })} variant="plain">
              {displayName}
            </TextLink>
            <Code>{userName}</Code>
          </li>
        ))}
      </ul>
      {absent > people.length ? (
        <p className="mt-2 text-12 text-ink-3">
          And {(absent - people.length).toLocaleString("en-GB")} more.
        </p>
      ) : null}
    </Disclosure>
  );
}
