import { PlanLine } from "@/components/changes/plan/plan-line";
import { countVerbs, sumLines } from "@/components/changes/plan/plan-summary";
import type { RunView } from "@/components/changes/model/wire";
import { Disclosure } from "@/components/ui/disclosure";
import { Monogram } from "@/components/ui/monogram";
import { TextLink } from "@/components/ui/text-link";
import { Time } from "@/components/ui/time";
import { countOf } from "@/components/words/count-words";
import { getCatalogueEntry } from "@/lib/knowbe4/catalogue";

/** A plan's lines in one tenant, or why the tenant is left out. */
export function PlanTenant({ run }: { run: RunView }) {
  const total = Object.values(run.counts).reduce((sum, count) => sum + count, 0);
  return (
    <section aria-label={run.tenantName} className="overflow-hidden rounded-2 border border-line bg-surface">
      <Disclosure
        isOpenAtFirst
        summary={<TenantHead run={run} />}
        aside={
          run.readAt ? (
            <>
              read <Time at={run.readAt} />
            </>
          ) : (
            "no full read yet"
          )
        }
      >
        {run.reason ? <Refusal run={run} reason={run.reason} /> : null}
        {run.operations.length > 0 ? <Lines run={run} /> : run.reason ? null : <NothingToDo />}
        {total > run.operations.length ? (
          <p className="border-t border-line px-4 py-2 text-12 text-ink-3">
            {countOf(total - run.operations.length, "more line is", "more lines are")} not shown here. Held
            lines come first; the CSV of all operations has the rest.
          </p>
        ) : null}
      </Disclosure>
    </section>
  );
}

function TenantHead({ run }: { run: RunView }) {
  const refused = sumLines(run.lines, ({ state }) => state === "skipped");
  const counts = [...countVerbs(run.lines), { verb: "refused", glyph: "!", count: refused }].filter(
    ({ count }) => count > 0,
  );
  return (
    <>
      <span className="inline-flex min-w-0 items-center gap-2 font-semibold text-ink">
        <Monogram name={run.tenantName} />
        <span className="min-w-0 [overflow-wrap:anywhere]">{run.tenantName}</span>
      </span>
      <span className="flex gap-2 text-12 font-medium text-ink-2 tabular-nums">
        {counts.map(({ verb, glyph, count }) => (
          <span key={verb}>
            <span aria-hidden>{glyph} </span>
            {count.toLocaleString("en-GB")}
            <span className="sr-only"> {verb}</span>
          </span>
        ))}
      </span>
    </>
  );
}

function Refusal({ run, reason }: { run: RunView; reason: NonNullable<RunView["reason"]> }) {
  const { title, cause, remedy } = getCatalogueEntry(reason);
  return (
    <p className="border-b border-line bg-held-wash px-4 py-2 text-ink-2 last:border-b-0">
      <strong className="font-semibold text-ink">{title}.</strong> {cause} {remedy}{" "}
      <TextLink href={`/tenants/${run.tenantId}`}>Open {run.tenantName}</TextLink>
    </p>
  );
}

function Lines({ run }: { run: RunView }) {
  return (
    <ul aria-label={`Plan for ${run.tenantName}`} className="@container">
      {run.operations.map((operation) => (
        <PlanLine key={operation.id} operation={operation} />
      ))}
    </ul>
  );
}

function NothingToDo() {
  return <p className="px-4 py-2 text-ink-2">Already up to date: nothing to change in this tenant.</p>;
}
