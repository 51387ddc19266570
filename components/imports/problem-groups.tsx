import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { LinkButton } from "@/components/ui/link-button";
import { countOf } from "@/components/words/count-words";
import { daysKept } from "@/lib/imports/import-life";
import type { ProblemGroup } from "@/lib/imports/types";

type ProblemGroupsProps = { importId: string; groups: readonly ProblemGroup[]; bad: number };

/** Problems grouped by repair; the rows themselves can be downloaded. */
export function ProblemGroups({ importId, groups, bad }: ProblemGroupsProps) {
  return (
    <Card
      title="What to repair"
      note={`${countOf(bad, "row is", "rows are")} left out; row numbers are those of the spreadsheet`}
      isFlush
      aside={
        <LinkButton href={`/api/imports/${importId}/problems`} size="small" isDownload>
          Download these rows with reasons
        </LinkButton>
      }
    >
      <p className="px-4 pb-3 text-12 text-ink-3">
        The rows are deleted once the change from this file has ended, or when nobody uses the file for{" "}
        {daysKept} days. Download these before.
      </p>
      <Groups groups={groups} />
    </Card>
  );
}

/** What to look at in rows that are used. */
export function WarningGroups({ groups }: { groups: readonly ProblemGroup[] }) {
  return (
    <Card title="Worth a look" note="these rows are used; row numbers are those of the spreadsheet" isFlush>
      <Groups groups={groups} />
    </Card>
  );
}

function Groups({ groups }: { groups: readonly ProblemGroup[] }) {
  return (
    <ul>
      {groups.map((group) => (
        <li
          key={`${group.code} ${group.column} ${group.message}`}
          className="flex gap-3 border-t border-line px-4 py-3 first:border-t-0"
        >
          <Badge kind="held" className="mt-0.5 h-5 shrink-0">
            {group.rows.toLocaleString("en-GB")}
          </Badge>
          <div className="min-w-0">
            <p className="text-ink">
              <span className="sr-only">{countOf(group.rows, "row", "rows")}: </span>
              {group.column === null || group.message.startsWith(`${group.column} `) ? null : (
                <span className="font-medium">{group.column}: </span>
              )}
              {group.message}
            </p>
            <p className="text-12 text-ink-3 [overflow-wrap:anywhere]">
              {group.examples.map(toExample).join(", ")}
            </p>
          </div>
        </li>
      ))}
    </ul>
  );
}

function toExample({ seq, cell }: ProblemGroup["examples"][number]): string {
  const row = `row ${seq.toLocaleString("en-GB")}`;
  return cell.trim() === "" ? row : `${row} “${cell.length > 60 ? `${cell.slice(0, 60)}…` : cell}”`;
}
