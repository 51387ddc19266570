import { listRisks, toRisksTitle } from "@/components/changes/plan/plan-risks";
import { toVerbTiles } from "@/components/changes/plan/plan-summary";
import { PlanTenant } from "@/components/changes/plan/plan-tenant";
import type { ChangeView } from "@/components/changes/model/wire";
import { CountTiles } from "@/components/ui/count-tiles";
import { Notice } from "@/components/ui/notice";

/** What a change would do: counts, risks, and every line by tenant. */
export function PlanView({ change }: { change: ChangeView }) {
  const lines = change.runs.flatMap((run) => run.lines);
  return (
    <>
      <CountTiles label="Operations by verb" tiles={toVerbTiles(lines)} />
      <Risks change={change} />
      {change.runs.map((run) => (
        <PlanTenant key={run.id} run={run} />
      ))}
    </>
  );
}

function Risks({ change }: { change: ChangeView }) {
  const risks = listRisks(change);
  const [only] = risks;
  if (!only) return null;
  return (
    <Notice kind="warning" title={toRisksTitle(risks.length)}>
      {risks.length === 1 ? (
        <p>{only.text}</p>
      ) : (
        <ul className="mt-1 flex list-disc flex-col gap-1 pl-4 marker:text-ink-3">
          {risks.map(({ id, text }) => (
            <li key={id}>{text}</li>
          ))}
        </ul>
      )}
    </Notice>
  );
}
