import { LinkButton } from "@/components/ui/link-button";
import { Notice } from "@/components/ui/notice";
import { TextLink } from "@/components/ui/text-link";
import { formatChangeNumber } from "@/lib/change-number";
import { daysKept } from "@/lib/imports/import-life";
import type { ImportDetail } from "@/lib/imports/types";

/** A file without rows: why it has none, and the next step. */
export function ClosedImport({ found, isLeftBehind }: { found: ImportDetail; isLeftBehind: boolean }) {
  const { state, problem, change, rows, good, bad } = found;
  const again = <LinkButton href="/imports/new">Upload a file</LinkButton>;
  if (state === "failed" || isLeftBehind) {
    return (
      <Notice kind="failed" title="The file could not be read" action={again}>
        {problem ?? "The upload stopped. Discard this import and upload the file again."}
      </Notice>
    );
  }
  if (state === "discarded") {
    return (
      <Notice kind="info" title="This import was discarded" action={again}>
        Its rows are deleted. Upload the file again if you need it.
      </Notice>
    );
  }
  if (state === "finished") {
    return (
      <Notice kind="info" title="This import is finished" action={again}>
        <p>
          It had {rows.toLocaleString("en-GB")} rows: {good.toLocaleString("en-GB")} good and{" "}
          {bad.toLocaleString("en-GB")} to repair. The rows are deleted, because the change from them has
          ended. To import repaired rows, upload them as a file.
        </p>
        {change ? (
          <TextLink href={`/changes/${change.id}`}>Open {formatChangeNumber(change.number)}</TextLink>
        ) : null}
      </Notice>
    );
  }
  if (state === "expired") {
    return (
      <Notice kind="info" title="This import has expired" action={again}>
        {problem ?? `Nobody planned from it for ${daysKept} days.`} Its rows are deleted. Upload the file
        again if you need it.
      </Notice>
    );
  }
  return (
    <Notice kind="info" title="The file is being read">
      The columns appear here when reading is done.
    </Notice>
  );
}
