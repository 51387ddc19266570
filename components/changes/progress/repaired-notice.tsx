import { Fragment } from "react";
import type { ChangeView } from "@/components/changes/model/wire";
import { Notice } from "@/components/ui/notice";
import { TextLink } from "@/components/ui/text-link";
import { countOf } from "@/components/words/count-words";
import { formatChangeNumber } from "@/lib/change-number";

/** What failed once and is done by now is history: nobody has to act on it. */
export function RepairedNotice({ change: { counts, children } }: { change: ChangeView }) {
  const retries = children.filter(({ kind, state }) => kind === "retry" && state !== "cancelled");
  return (
    <Notice
      kind="info"
      title={`${countOf(counts.failed, "operation", "operations")} failed here. Nothing is left to do about it`}
    >
      A later change did the same, or retries it
      {retries.length > 0 ? ": " : null}
      {retries.map(({ id, number }, index) => (
        <Fragment key={id}>
          {index > 0 ? ", " : null}
          <TextLink href={`/changes/${id}`}>{formatChangeNumber(number)}</TextLink>
        </Fragment>
      ))}
      .
    </Notice>
  );
}
