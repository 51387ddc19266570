import { X } from "lucide-react";
import { toAuditHref } from "@/components/audit/audit-address";
import { toResultWord } from "@/components/audit/result-words";
import { Card } from "@/components/ui/card";
import { Code } from "@/components/ui/code";
import { type Definition, DefinitionList } from "@/components/ui/definition-list";
import { type FieldChange, FieldDiffTable } from "@/components/ui/field-diff";
import { LinkButton } from "@/components/ui/link-button";
import { TextLink } from "@/components/ui/text-link";
import { Time } from "@/components/ui/time";
import { WordStatus } from "@/components/words/word-status";
import type { EventDetail as Detail, EventValue } from "@/lib/audit/event-dto";
import type { AuditQuery } from "@/lib/audit/loaders";
import { formatChangeNumber } from "@/lib/change-number";

type EventDetailProps = { id: number; event: Detail | null; query: AuditQuery };

/** One event beside the list: what changed, why, and its position in the chain. */
export function EventDetail({ id, event, query }: EventDetailProps) {
  const close = (
    <LinkButton
      href={toAuditHref(query, { event: null })}
      size="small"
      variant="quiet"
      icon={<X aria-hidden />}
    >
      Close
    </LinkButton>
  );
  return (
    <Card title={`Event ${id.toLocaleString("en-GB")}`} aside={close}>
      {event ? (
        <div className="flex flex-col gap-4">
          <Code className="text-13">{event.action}</Code>
          {event.values.length > 0 ? (
            <FieldDiffTable label="What changed" changes={event.values.map(toChange)} />
          ) : null}
          <DefinitionList layout="rows" items={toItems(event, query)} />
        </div>
      ) : (
        <p className="text-ink-2">Event not found, or you have no access. Check the address.</p>
      )}
    </Card>
  );
}

function toItems(event: Detail, query: AuditQuery): Definition[] {
  return [
    { term: "Time (UTC)", detail: <Time at={event.at} format="stamp" /> },
    { term: "Who", detail: <Who event={event} query={query} /> },
    { term: "To", detail: event.target },
    { term: "Result", detail: <WordStatus word={toResultWord(event.action, event.result)} /> },
    ...known(
      "Tenant",
      event.tenant && <TextLink href={`/tenants/${event.tenant.id}`}>{event.tenant.name}</TextLink>,
    ),
    ...known("Change", event.change && <ChangeLink change={event.change} query={query} />),
    ...known("Reason", event.reason),
    ...known("Ticket", event.ticket && <Code>{event.ticket}</Code>),
    ...event.details.map(({ field, value }) => ({ term: toTerm(field), detail: value })),
    ...known("From", event.address && <Code>{event.address}</Code>),
    ...known("Request", event.requestId && <Code>{event.requestId}</Code>),
    { term: "Seal", detail: <SealedIn event={event} /> },
    { term: "Leaf", detail: <Code>{event.leaf}</Code> },
  ];
}

function known(term: string, detail: Definition["detail"]): Definition[] {
  return detail === null || detail === undefined || detail === "" ? [] : [{ term, detail }];
}

function Who({ event: { actor, role }, query }: { event: Detail; query: AuditQuery }) {
  const theirs = toAuditHref(query, { actorId: actor.id, before: null });
  return (
    <>
      {actor.name}
      {role ? `, ${role}` : null} <TextLink href={theirs}>Only this actor</TextLink>
    </>
  );
}

function ChangeLink({ change, query }: { change: NonNullable<Detail["change"]>; query: AuditQuery }) {
  const ofChange = toAuditHref(query, { changeId: change.id, before: null });
  return (
    <>
      <TextLink href={`/changes/${change.id}`}>{formatChangeNumber(change.number)}</TextLink>{" "}
      <TextLink href={ofChange}>Only this change</TextLink>
    </>
  );
}

function SealedIn({ event: { sealed } }: { event: Detail }) {
  if (!sealed) return "Not sealed yet";
  return (
    <>
      Link {sealed.seq.toLocaleString("en-GB")}, seal {sealed.sealNumber.toLocaleString("en-GB")} of{" "}
      <Time at={sealed.at} format="stamp" />
    </>
  );
}

function toChange({ field, ...values }: EventValue): FieldChange {
  return { field: toFieldWords(field), ...values };
}

/** "secondsAfterAccepted" as "seconds after accepted". */
function toFieldWords(field: string): string {
  return field.replace(/([a-z])([A-Z])/g, (_, end: string, start: string) => `${end} ${start.toLowerCase()}`);
}

function toTerm(field: string): string {
  const words = toFieldWords(field);
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
