import { OperationEntry } from "@/components/changes/progress/operation-entry";
import { type Stall, type TenantNote, toStall } from "@/components/changes/model/tenant-note";
import type { RunView } from "@/components/changes/model/wire";
import { Card } from "@/components/ui/card";
import { LinkButton } from "@/components/ui/link-button";
import { TextLink } from "@/components/ui/text-link";
import { countOf } from "@/components/words/count-words";

export function runAnchor({ tenantId }: Pick<RunView, "tenantId">): string {
  return `tenant-${tenantId}`;
}

/** One tenant's operations in the order of the plan. The order is fixed, so nothing moves under the pointer. */
export function RunOperations({ run, note }: { run: RunView; note: TenantNote | undefined }) {
  const total = Object.values(run.counts).reduce((sum, count) => sum + count, 0);
  const stall = toStall(run, note);
  return (
    <div id={runAnchor(run)} className="scroll-mt-20">
      <Card
        title={run.tenantName}
        note={countOf(total, "operation", "operations")}
        aside={<TextLink href={`/tenants/${run.tenantId}`}>Open tenant</TextLink>}
        isFlush
      >
        {stall ? <WhyItWaits stall={stall} /> : null}
        <ul className="@container">
          {run.operations.map((operation) => (
            <OperationEntry key={operation.id} operation={operation} testMode={note?.testMode ?? null} />
          ))}
        </ul>
        {total > run.operations.length ? (
          <p className="border-t border-line px-4 py-2 text-12 text-ink-3">
            {countOf(total - run.operations.length, "more is", "more are")} counted above and not shown here.
          </p>
        ) : null}
      </Card>
    </div>
  );
}

function WhyItWaits({ stall: { title, text, fix } }: { stall: Stall }) {
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line bg-held-wash px-4 py-2 text-ink-2">
      <p className="min-w-0 flex-1 basis-64">
        <strong className="font-semibold text-ink">{title}.</strong> {text}
      </p>
      {fix ? (
        <LinkButton href={fix.href} size="small">
          {fix.label}
        </LinkButton>
      ) : null}
    </div>
  );
}
