import type { ReactNode } from "react";
import type { PersonChoices, StandingKind } from "@/components/changes/new-change/account-choices";
import { FindPerson } from "@/components/changes/new-change/find-person";
import { loadPersonChoice } from "@/components/changes/new-change/load-person-choice";
import { NewChangePage } from "@/components/changes/new-change/new-change-page";
import type { SearchParams } from "@/components/people/people-query";
import { newChangeHref } from "@/components/people/person-href";
import { Code } from "@/components/ui/code";
import { Notice } from "@/components/ui/notice";
import { TextLink } from "@/components/ui/text-link";
import { changeKindWords } from "@/components/words/change-words";

type StandingChangePageProps = {
  kind: StandingKind;
  params: SearchParams;
  /** The form for whoever was chosen. */
  children: (person: PersonChoices) => ReactNode;
};

/** A change about somebody who is there: find the person, then fill in the form. */
export async function StandingChangePage({ kind, params, children }: StandingChangePageProps) {
  const choice = await loadPersonChoice(kind, params);
  const verb = changeKindWords[kind];
  if (choice.kind === "chosen") {
    return (
      <NewChangePage title={`${verb} ${choice.person.name}`}>
        <p className="-mb-2 text-ink-2">
          <TextLink href={`/changes/new/${kind}`}>Choose somebody else</TextLink>
        </p>
        {hasChoice(choice.person) ? (
          children(choice.person)
        ) : (
          <NothingToChoose kind={kind} person={choice.person} />
        )}
      </NewChangePage>
    );
  }
  return (
    <NewChangePage title={`${verb} a person`} width="full">
      {choice.isGone ? (
        <Notice kind="warning" title="This person is not there any more, or you may not see them">
          Nothing was changed. Find the person anew.
        </Notice>
      ) : null}
      <FindPerson kind={kind} text={choice.text} />
    </NewChangePage>
  );
}

function hasChoice({ sure, unlike, namesakes }: PersonChoices): boolean {
  return [...sure, ...unlike, ...namesakes].some(({ whyNot }) => whyNot === null);
}

/** No account can be taken: said here, rather than in a form that cannot be sent. */
function NothingToChoose({ kind, person }: { kind: StandingKind; person: PersonChoices }) {
  return (
    <Notice kind="info" title={`No account of ${person.name} can be changed here`} className="items-start">
      <ul className="mt-1 flex flex-col gap-1">
        {person.sure.map(({ tenantId, resourceId, tenantName, userName, whyNot }) => (
          <li key={`${tenantId} ${resourceId}`}>
            {tenantName}, <Code>{userName}</Code>: {whyNot}
          </li>
        ))}
      </ul>
      {kind === "update" ? null : (
        <p className="mt-2">
          <TextLink href={newChangeHref(kind === "offboard" ? "restore" : "offboard", person.start)}>
            {kind === "offboard" ? "Restore" : "Offboard"} {person.name} instead
          </TextLink>
        </p>
      )}
    </Notice>
  );
}
