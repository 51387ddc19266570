import { EntryForm } from "@/components/roster/tab-forms";
import { partHref, type RosterPartProps } from "@/components/roster/roster-parts";
import { guardWords, sourceWords, toEntryWord } from "@/components/roster/roster-words";
import { SampleTable } from "@/components/roster/sample-table";
import { Card } from "@/components/ui/card";
import { DefinitionList } from "@/components/ui/definition-list";
import { Disclosure } from "@/components/ui/disclosure";
import { LinkButton } from "@/components/ui/link-button";
import { Notice } from "@/components/ui/notice";
import { Time } from "@/components/ui/time";
import { WordStatus } from "@/components/words/word-status";
import { loadEntry, loadSample } from "@/lib/roster/loaders";

/** One person on the roster: source values, operators' values, and the result under the policy. */
export async function EntryCard({
  tenant,
  mayManage,
  userNameKey,
}: RosterPartProps & { userNameKey: string }) {
  const entry = await loadEntry(tenant.id, userNameKey);
  if (!entry) {
    return (
      <Notice kind="info" title="This person is not on the roster">
        Their entry may have been merged into another person's. Search for their address below.
      </Notice>
    );
  }
  const { userName, source, fields, overrides, groups, active, absentAt, guards, updatedAt, updatedBy } =
    entry;
  const sample = await loadSample(tenant.id, userNameKey);
  return (
    <Card
      title={userName}
      note={
        <>
          changed <Time at={updatedAt} /> by {updatedBy}
        </>
      }
      aside={
        <LinkButton href={partHref(tenant.id, "people")} size="small">
          Close
        </LinkButton>
      }
    >
      <div className="flex flex-col gap-4">
        <DefinitionList
          items={[
            { term: "State", detail: <WordStatus word={toEntryWord(entry)} /> },
            { term: "Source", detail: sourceWords[source] },
            { term: "Account", detail: entry.hasAccount ? "in KnowBe4" : "none in KnowBe4" },
            { term: "Roster groups", detail: groups.join(", ") || "none" },
            { term: "Guards", detail: guards.map((kind) => guardWords[kind].word).join(", ") || "none" },
            ...(absentAt ? [{ term: "Absent since", detail: <Time at={absentAt} /> }] : []),
          ]}
        />
        <Disclosure summary="Result under the tenant's policy" className="rounded-2 border border-line">
          <SampleTable sample={sample} />
        </Disclosure>
        {mayManage ? (
          <EntryForm
            key={updatedAt.toISOString()}
            tenantId={tenant.id}
            entry={{ userName, fields, overrides, active }}
          />
        ) : null}
      </div>
    </Card>
  );
}
