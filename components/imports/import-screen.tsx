import { MappingForm } from "@/components/imports/mapping-form";
import { PlanImport } from "@/components/imports/plan-import";
import { ProblemGroups, WarningGroups } from "@/components/imports/problem-groups";
import { TenantShares } from "@/components/imports/tenant-shares";
import { Card } from "@/components/ui/card";
import { CountTiles } from "@/components/ui/count-tiles";
import { Disclosure } from "@/components/ui/disclosure";
import { Notice } from "@/components/ui/notice";
import { TextLink } from "@/components/ui/text-link";
import { formatChangeNumber } from "@/lib/change-number";
import { encodings } from "@/lib/csv/encodings";
import { importCan, toOpenChange } from "@/lib/imports/import-can";
import type { ImportDetail, ProblemGroup } from "@/lib/imports/types";
import type { Delimiter } from "@/lib/csv/csv-row";

type ImportScreenProps = {
  found: ImportDetail;
  problems: readonly ProblemGroup[];
  warnings: readonly ProblemGroup[];
  canImport: boolean;
};

/** A file that was read: its columns, the result of its check, then the plan. */
export function ImportScreen({ found, problems, warnings, canImport }: ImportScreenProps) {
  const { state, change, mapping } = found;
  const facts = { state, openChange: toOpenChange(change) };
  const isLocked = facts.openChange !== null;
  return (
    <>
      {change ? <ChangeNotice change={change} isLocked={isLocked} /> : null}
      {mapping.isKnowBe4Export ? (
        <Notice kind="info" title="This looks like KnowBe4's own export of users">
          It is treated as a copy of the console: people are added to the roster and updated, nobody is marked
          as absent, and nobody is removed from a group.
        </Notice>
      ) : null}
      {state === "checked" ? (
        <Checked {...{ found, problems, warnings }} canPlan={canImport && importCan.plan(facts)} />
      ) : null}
      {canImport && importCan.check(facts) ? (
        state === "read" ? (
          <Card title="What the columns mean" note={toMappingNote(found)} isFlush>
            <MappingForm {...toMappingProps(found)} />
          </Card>
        ) : (
          <Card isFlush>
            <Disclosure summary="Change what the columns mean and check again" aside={toMappingNote(found)}>
              <MappingForm {...toMappingProps(found)} />
            </Disclosure>
          </Card>
        )
      ) : null}
    </>
  );
}

function ChangeNotice({
  change,
  isLocked,
}: {
  change: NonNullable<ImportDetail["change"]>;
  isLocked: boolean;
}) {
  return (
    <Notice
      kind="info"
      title={`${formatChangeNumber(change.number)} was planned from this file`}
      action={<TextLink href={`/changes/${change.id}`}>Open {formatChangeNumber(change.number)}</TextLink>}
    >
      {isLocked
        ? "The rows cannot change until that change is finished or discarded."
        : "It can be planned again."}
    </Notice>
  );
}

function Checked({
  found,
  problems,
  warnings,
  canPlan,
}: Omit<ImportScreenProps, "canImport"> & { canPlan: boolean }) {
  const { id, rows, good, bad, byTenant, mapping } = found;
  return (
    <>
      <CountTiles
        label="Rows of the file"
        tiles={[
          { word: "rows", count: rows },
          { word: "good", count: good, kind: "confirmed" },
          { word: "to repair", count: bad, kind: "held" },
        ]}
      />
      {mapping.hasTenantColumn ? <TenantShares byTenant={byTenant} /> : null}
      {bad > 0 ? <ProblemGroups importId={id} groups={problems} bad={bad} /> : null}
      {warnings.length > 0 ? <WarningGroups groups={warnings} /> : null}
      {good === 0 ? (
        <Notice kind="failed" title="No row can be used">
          Repair the rows, or change what the columns mean, and check again.
        </Notice>
      ) : canPlan ? (
        <PlanImport {...{ id, good, bad, byTenant, mode: found.mode }} />
      ) : null}
    </>
  );
}

const delimiterWords: Record<Delimiter, string> = {
  ",": "commas",
  ";": "semicolons",
  "\t": "tabs",
  "|": "bars",
};

function toMappingNote({ delimiter, encoding, mapping }: ImportDetail): string {
  const from = {
    guessed: "matched by header",
    remembered: mapping.hasTenantColumn
      ? "as you chose last time for these headers"
      : "as chosen last time for this tenant and these headers",
    chosen: "as chosen",
  };
  return `${from[mapping.from]}; read with ${delimiterWords[delimiter]} as ${encodings[encoding]}`;
}

function toMappingProps({ id, columns, samples, mapping, suggestions, mode, rows }: ImportDetail) {
  return { id, columns, samples, mapping, suggestions, mode, rows };
}
