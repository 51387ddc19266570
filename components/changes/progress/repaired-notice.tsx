import { Fragment } from "react";
import type { ChangeView } from "@/components/changes/model/wire";
import { Notice } from "@/components/ui/notice";
import { TextLink } from "@/components/ui/text-link";
import { countOf, listOf } from "@/components/words/count-words";
import { formatChangeNumber } from "@/lib/change-number";
import { toCatalogueCode } from "@/components/words/error-words";
import { type CatalogueCode, getCatalogueEntry } from "@/lib/knowbe4/catalogue";

type Failure = { code: CatalogueCode; count: number; labels: string[]; tenants: string[] };

/** Failures grouped by cause, each with its remedy: forty with one cause need one repair. */
export function FailureNotices({ change }: { change: ChangeView }) {
  if (change.unrepaired === 0) return <Repaired change={change} />;
  return groupFailures(change).map(({ code, count, labels, tenants }) => {
    const { title, cause, remedy } = getCatalogueEntry(code);
    const who =
      count <= 3
        ? listOf(labels)
        : `${labels.slice(0, 3).join(", ")} and ${count - Math.min(3, labels.length)} more`;
    return (
      <Notice
        key={code}
        kind="failed"
        title={`${countOf(count, "operation", "operations")} failed: ${title.charAt(0).toLowerCase()}${title.slice(1)}`}
      >
        <p>
          {who}, in {listOf(tenants)}. {cause}
        </p>
        <p className="mt-1">
          <strong className="font-medium text-ink">What to do:</strong> {remedy}
        </p>
      </Notice>
    );
  });
}

/** What failed once and is done by now is history: nobody has to act on it. */
function Repaired({ change: { counts, children } }: { change: ChangeView }) {
  if (counts.failed === 0) return null;
  const retries = children.filter(({ kind, state }) => kind === "retry" && state !== "cancelled");
  return (
    <Notice
      kind="info"
      title={`${countOf(counts.failed, "operation", "operations")} failed here. Nothing is left to do about it`}
    >
      A later change did the same, or retries it
      {retries.length > 0 ? (
        <>
          :{" "}
          {retries.map(({ id, number }, index) => (
            <Fragment key={id}>
              {index > 0 ? ", " : null}
              <TextLink href={`/changes/${id}`}>{formatChangeNumber(number)}</TextLink>
            </Fragment>
          ))}
        </>
      ) : null}
      .
    </Notice>
  );
}

/** Counts cover all lines; names are only of those on the page. */
function groupFailures(change: Pick<ChangeView, "runs">): Failure[] {
  const failures = new Map<CatalogueCode, Failure>();
  for (const run of change.runs) {
    for (const { state, reason, count } of run.lines) {
      if (state !== "failed") continue;
      const code = toCatalogueCode(reason ?? "unexpected");
      const failure = failures.get(code) ?? { code, count: 0, labels: [], tenants: [] };
      failure.count += count;
      if (!failure.tenants.includes(run.tenantName)) failure.tenants.push(run.tenantName);
      failures.set(code, failure);
    }
    for (const { state, reason, label } of run.operations) {
      if (state === "failed") failures.get(toCatalogueCode(reason ?? "unexpected"))?.labels.push(label);
    }
  }
  return [...failures.values()].sort((a, b) => b.count - a.count);
}
