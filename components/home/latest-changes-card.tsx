import { Card } from "@/components/ui/card";
import { LinkButton } from "@/components/ui/link-button";
import { TextLink } from "@/components/ui/text-link";
import { Time } from "@/components/ui/time";
import { changeStandingWords } from "@/components/words/change-words";
import { WordStatus } from "@/components/words/word-status";
import { formatChangeNumber } from "@/lib/change-number";
import type { ChangeRow } from "@/lib/changes/types";

const rowsMax = 6;

export function LatestChangesCard({ changes }: { changes: readonly ChangeRow[] }) {
  if (changes.length === 0) {
    return (
      <Card title="Latest changes">
        <p className="text-ink-2">
          No changes yet. A change starts as a plan: nothing is sent until somebody applies it.
        </p>
      </Card>
    );
  }
  return (
    <Card
      title="Latest changes"
      aside={
        <LinkButton href="/changes" variant="quiet" size="small">
          All changes
        </LinkButton>
      }
      isFlush
    >
      <ul>
        {changes.slice(0, rowsMax).map((change) => (
          <li key={change.id} className="border-t border-line px-4 py-2 first:border-t-0">
            <p className="flex items-baseline gap-2">
              <span className="font-mono text-12 text-ink-2">{formatChangeNumber(change.number)}</span>
              <TextLink href={`/changes/${change.id}`} variant="plain" className="min-w-0 truncate">
                {change.title}
              </TextLink>
            </p>
            <p className="flex flex-wrap items-center gap-x-3 text-12 text-ink-3">
              <WordStatus word={changeStandingWords[change.standing]} />
              <span>
                {change.requestedBy}, <Time at={change.requestedAt} />
              </span>
            </p>
          </li>
        ))}
      </ul>
    </Card>
  );
}
