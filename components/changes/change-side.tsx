import { toTicketText } from "@/components/changes/ticket-text";
import type { ChangeView } from "@/components/changes/wire";
import { Code } from "@/components/ui/code";
import { CopyButton } from "@/components/ui/copy-button";
import { DefinitionList } from "@/components/ui/definition-list";
import { Time } from "@/components/ui/time";
import { Timeline, type TimelineItem } from "@/components/ui/timeline";

type ChangeSideProps = {
  change: ChangeView;
  /** The plan's hash as it is compared by eye. */
  shortHash: string;
};

/** What a change is, whatever state it is in: this column never moves. */
export function ChangeSide({ change, shortHash }: ChangeSideProps) {
  const isOpen = change.state === "ready";
  return (
    <>
      <DefinitionList
        items={[
          { term: "Reason", detail: change.reason },
          {
            term: "Ticket",
            detail: change.ticket ? <Code>{change.ticket}</Code> : <span className="text-ink-3">none</span>,
          },
          { term: "Asked by", detail: change.requestedBy },
          {
            term: "Plan",
            detail: (
              <>
                <Code>{shortHash}</Code>
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
    </>
  );
}

function toMoments(change: ChangeView): TimelineItem[] {
  const moments = [
    { id: "planned", at: change.requestedAt, text: "Planned" },
    { id: "applied", at: change.appliedAt, text: "Applied" },
    { id: "finished", at: change.finishedAt, text: toEndText(change) },
  ];
  return moments.flatMap(({ at, ...moment }) => (at ? [{ ...moment, at }] : []));
}

function toEndText({ state, counts }: ChangeView): string {
  if (state === "cancelled") return "Discarded";
  if (state === "expired") return "Given up for a newer plan";
  return counts.held > 0 ? "Sent, but for what is held" : "Nothing left to send";
}
