"use client";

import { toAbsenceWords } from "@/components/imports/absence-words";
import { importModeWords } from "@/components/imports/import-words";
import { PlanForm, readWhy } from "@/components/changes/new-change/plan-form";
import { usePlanForm } from "@/components/changes/new-change/use-plan-form";
import { Notice } from "@/components/ui/notice";
import { countOf } from "@/components/words/count-words";
import type { ImportDetail } from "@/lib/imports/types";

type PlanImportProps = Pick<ImportDetail, "id" | "mode" | "good" | "bad" | "byTenant">;

/** Plans the good rows as one change across their tenants. */
export function PlanImport({ id, mode, good, bad, byTenant }: PlanImportProps) {
  const used = byTenant.filter((each) => each.tenantId !== null && each.good > 0);
  const tenantIds = used.flatMap(({ tenantId }) => tenantId ?? []);
  const where = (used.length === 1 && used[0]?.name) || countOf(used.length, "tenant", "tenants");
  const form = usePlanForm((given) => ({
    intent: { kind: "import", importId: id, tenantIds },
    ...readWhy(given),
  }));
  const absence = toAbsenceWords({ mode, byTenant });
  return (
    <PlanForm
      name="plan-import"
      form={form}
      submitLabel={`Plan ${countOf(good, "row", "rows")} in ${where}`}
      reasonExample="November staff list from the client"
    >
      {absence ? (
        <Notice kind={absence.kind} title={absence.title}>
          {absence.text}
        </Notice>
      ) : (
        <p className="text-ink-2">
          {importModeWords.merge.text}
          {bad > 0 ? ` ${countOf(bad, "row", "rows")} to repair are left out.` : ""} A blank cell changes
          nothing.
        </p>
      )}
    </PlanForm>
  );
}
