import { toTicketText } from "@/components/changes/ticket-text";
import { wasApplied, wasRejected } from "@/components/changes/steering/undo-facts";
import { ExportLink } from "@/components/layout/export-link";
import type { ChangeView } from "@/components/changes/model/wire";
import { Code } from "@/components/ui/code";
import { CopyButton } from "@/components/ui/copy-button";
import { type Definition, DefinitionList } from "@/components/ui/definition-list";
import { TextLink } from "@/components/ui/text-link";
import { Time } from "@/components/ui/time";
import { Timeline, type TimelineItem } from "@/components/ui/timeline";
import { changeKindWords } from "@/components/words/change-words";
import { formatChangeNumber } from "@/lib/change-number";
import { shortHash } from "@/lib/changes/model/short-hash";

const decisionWords: Record<ChangeView["decisions"][number]["action"], string> = {
  "change.held_approved": "Approved by",
  "change.held_rejected": "Rejected by",
};

/** The facts of a change, in any state: this column never moves. */
export function ChangeSide({ change }: { change: ChangeView }) {
  const isOpen = change.state === "ready" || change.state === "scheduled";
  return (
    <>
      <DefinitionList
        items={[
          { term: "Reason", detail: change.reason },
          {
            term: "Ticket",
            detail: change.ticket ? <Code>{change.ticket}</Code> : <span className="text-ink-3">none</span>,
          },
          { term: "Requested by", detail: change.requestedBy },
          ...change.decisions.map(toDecision),
          ...toLinks(change),
          {
            term: "Plan",
            detail: (
              <>
                {change.planHash === "" ? (
                  <span className="text-ink-3">none yet</span>
                ) : (
                  <Code>{shortHash(change.planHash)}</Code>
                )}
                {isOpen ? (
                  <>
                    , expires <Time at={change.expiresAt} />
                  </>
                ) : null}
              </>
            ),
          },
        ]}
      />
      <div className="border-t border-line pt-4">
        <h2 className="mb-2 text-12 text-ink-3">What happened</h2>
        <Timeline items={toMoments(change)} format="relative" />
      </div>
      <div className="-ml-3">
        <CopyButton label="Copy for ticket" text={toTicketText(change)} />
      </div>
      <div>
        <ExportLink list="operations" query={{ change: change.id }} size="small" />
      </div>
    </>
  );
}

/** "Approved by: Priya, 17:11 UTC: reason". */
function toDecision({ action, at, by, reason, details }: ChangeView["decisions"][number]): Definition {
  return {
    term: decisionWords[action],
    detail: (
      <>
        {by}
        {details?.isAlone === true ? ", alone, as an author of it" : null}, <Time at={at} format="full" />
        {reason ? `: ${reason}` : null}
      </>
    ),
  };
}

/** The change it came from and those that came from it: a retry, an undo, a new plan. */
function toLinks({ kind, parent, children, rivals }: ChangeView): Definition[] {
  const from = kind === "retry" ? "Retries" : kind === "undo" ? "Undoes" : "Replanned from";
  return [
    ...(parent ? [{ term: from, detail: <ChangeLink change={parent} /> }] : []),
    ...toList("Also open for the same people", rivals),
    ...toList("Led to", children),
  ];
}

function toList(term: string, changes: ChangeView["children"]): Definition[] {
  if (changes.length === 0) return [];
  const detail = (
    <ul>
      {changes.map((change) => (
        <li key={change.id}>
          {changeKindWords[change.kind]} <ChangeLink change={change} />
        </li>
      ))}
    </ul>
  );
  return [{ term, detail }];
}

function ChangeLink({ change }: { change: ChangeView["children"][number] }) {
  return (
    <TextLink href={`/changes/${change.id}`}>
      {formatChangeNumber(change.number)}
      <span className="sr-only">, {change.title}</span>
    </TextLink>
  );
}

function toMoments(change: ChangeView): TimelineItem[] {
  const moments = [
    { id: "planned", at: change.requestedAt, text: change.planHash === "" ? "Requested" : "Planned" },
    {
      id: "hour",
      at: toHour(change),
      text: wasApplied(change) ? "Scheduled time reached" : "Scheduled time passed; not applied",
    },
    { id: "applied", at: change.appliedAt, text: "Applied" },
    {
      id: "paused",
      at: change.state === "applying" ? change.pausedAt : null,
      text: `Paused${byWhom(change)}`,
      detail: change.steered?.reason,
    },
    {
      id: "finished",
      // A rejected plan ends by that decision, which is listed with its name.
      at: wasRejected(change) ? null : change.finishedAt,
      text: toEndText(change),
      detail: change.state === "cancelled" ? change.steered?.reason : null,
    },
  ];
  const decided = change.decisions.map(({ id, at, action, by, reason }) => ({
    id,
    at,
    text: `${decisionWords[action]} ${by}`,
    detail: reason,
  }));
  return [...moments, ...decided]
    .flatMap(({ at, ...moment }) => (at ? [{ ...moment, at }] : []))
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

/** The scheduled time, once it has passed. Null if the change was applied or discarded before it. */
function toHour({ state, scheduledAt, appliedAt }: ChangeView): string | null {
  if (scheduledAt === null) return null;
  const hasCome = appliedAt
    ? Date.parse(scheduledAt) <= Date.parse(appliedAt)
    : state === "ready" || state === "expired";
  return hasCome ? scheduledAt : null;
}

function toEndText(change: ChangeView): string {
  const { state, counts } = change;
  if (state === "cancelled") return `${wasApplied(change) ? "Cancelled" : "Discarded"}${byWhom(change)}`;
  if (state === "expired") return "Replaced by a newer plan";
  return counts.held > 0 ? "Everything sent except what is held" : "Everything sent";
}

function byWhom({ steered }: ChangeView): string {
  return steered ? ` by ${steered.by}` : "";
}
