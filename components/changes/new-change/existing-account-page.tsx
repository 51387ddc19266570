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
  /** The form for the chosen person. */
  children: (person: PersonChoices) => ReactNode;
};

/** A change for an existing person: find the person, then fill in the form. */
export async function StandingChangePage({ kind, params, children }: StandingChangePageProps) {
  const choice = await loadPersonChoice(kind, params);
  const verb = changeKindWords[kind];
  if (choice.kind === "chosen") {
    return (
      <NewChangePage title={`${verb} ${choice.person.name}`}>
        <p className="-mb-2 text-ink-2">
          <TextLink href={`/changes/new/${kind}`}>Choose another person</TextLink>
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
        <Notice kind="warning" title="This person no longer exists, or you cannot see them">
          Nothing was changed. Search for the person again.
        </Notice>
      ) : null}
      <FindPerson kind={kind} text={choice.text} />
    </NewChangePage>
  );
}

function hasChoice({ sure, unlike, namesakes }: PersonChoices): boolean {
  return [...sure, ...unlike, ...namesakes].some(({ whyNot }) => whyNot === null);
}

/** Shown in place of the form when no account can be chosen. */
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
