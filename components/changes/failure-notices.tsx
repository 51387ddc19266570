import type { ChangeView } from "@/components/changes/wire";
import { Notice } from "@/components/ui/notice";
import { countOf, listOf } from "@/components/words/count-words";
import { toCatalogueCode } from "@/components/words/error-words";
import { type CatalogueCode, getCatalogueEntry } from "@/lib/knowbe4/catalogue";

type Failure = { code: CatalogueCode; labels: string[]; tenants: string[] };

/** Failures by their cause, each with its remedy: forty that failed for one reason are one thing to repair. */
export function FailureNotices({ change }: { change: ChangeView }) {
  return groupFailures(change).map(({ code, labels, tenants }) => {
    const { title, cause, remedy } = getCatalogueEntry(code);
    const who =
      labels.length <= 3 ? listOf(labels) : `${labels.slice(0, 3).join(", ")} and ${labels.length - 3} more`;
    return (
      <Notice
        key={code}
        kind="failed"
        title={`${countOf(labels.length, "operation", "operations")} failed: ${title.toLowerCase()}`}
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

export function groupFailures(change: Pick<ChangeView, "runs">): Failure[] {
  const failures = new Map<CatalogueCode, Failure>();
  for (const run of change.runs) {
    for (const { state, reason, label } of run.operations) {
      if (state !== "failed") continue;
      const code = toCatalogueCode(reason ?? "unexpected");
      const failure = failures.get(code) ?? { code, labels: [], tenants: [] };
      failure.labels.push(label);
      if (!failure.tenants.includes(run.tenantName)) failure.tenants.push(run.tenantName);
      failures.set(code, failure);
    }
  }
  return [...failures.values()].sort((a, b) => b.labels.length - a.labels.length);
}
