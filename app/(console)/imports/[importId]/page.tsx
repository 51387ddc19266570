import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ClosedImport } from "@/components/imports/closed-import";
import { ImportScreen } from "@/components/imports/import-screen";
import { isLeftBehind, toImportWord } from "@/components/imports/import-words";
import { toTenantWords } from "@/components/imports/imports-table";
import { PageBody } from "@/components/layout/page-body";
import { PageHeader } from "@/components/layout/page-header";
import { isUuid } from "@/components/people/people-query";
import { AutoRefresh } from "@/components/tenants/auto-refresh";
import { ActionButton } from "@/components/ui/actions/action-button";
import { KeepFocus } from "@/components/ui/keep-focus";
import { DisabledButton } from "@/components/ui/disabled-button";
import { Time } from "@/components/ui/time";
import { countOf } from "@/components/words/count-words";
import { toDisabledWords } from "@/components/words/refusal-words";
import { WordStatus } from "@/components/words/word-status";
import { can } from "@/lib/auth/permissions";
import { AppError } from "@/lib/errors";
import { loadCurrentOperator } from "@/lib/operators/loaders";
import { discardImportAction } from "@/lib/imports/actions";
import { importCan, toOpenChange } from "@/lib/imports/import-can";
import { loadImport, loadProblems, loadWarnings } from "@/lib/imports/loaders";
import type { ImportDetail } from "@/lib/imports/types";

type Params = Promise<{ importId: string }>;

export async function generateMetadata({ params }: { params: Params }): Promise<Metadata> {
  return { title: (await findImport((await params).importId)).fileName };
}

export default async function ImportPage({ params }: { params: Params }) {
  const { importId } = await params;
  const [{ role }, found] = await Promise.all([loadCurrentOperator(), findImport(importId)]);
  const problems = found.state === "checked" && found.bad > 0 ? await loadProblems(importId) : [];
  const warnings = found.state === "checked" ? await loadWarnings(importId) : [];
  const canImport = can(role, "import.create");
  const now = new Date();
  const { state } = found;
  const canDiscard = canImport && importCan.discard.states.includes(state);
  const whyNot = toDisabledWords(importCan.discard.whyNot({ state, openChange: toOpenChange(found.change) }));
  return (
    <>
      {found.state === "reading" ? <AutoRefresh everyMs={3_000} /> : null}
      <PageHeader
        title={found.fileName}
        parent={{ href: "/imports", label: "Imports" }}
        status={<WordStatus word={toImportWord(found, now)} />}
        actions={
          !canDiscard ? null : whyNot ? (
            <DisabledButton why={whyNot}>Discard this import</DisabledButton>
          ) : (
            <ActionButton action={discardImportAction} input={{ importId }} label="Discard this import" />
          )
        }
      />
      <PageBody>
        <p className="text-ink-2">
          Tenants: {toTenantWords(found)}. Uploaded <Time at={found.createdAt} /> by {found.requestedBy}.
        </p>
        <KeepFocus of={found.state} label={toOutcome(found, now)} className="flex flex-col gap-5">
          {found.state === "read" || found.state === "checked" ? (
            <ImportScreen {...{ found, problems, warnings, canImport }} />
          ) : (
            <ClosedImport found={found} isLeftBehind={isLeftBehind(found, now)} />
          )}
        </KeepFocus>
      </PageBody>
    </>
  );
}

/** What screen readers announce on focus: after a check, its result. */
function toOutcome(found: ImportDetail, now: Date): string {
  const { word } = toImportWord(found, now);
  if (found.state !== "checked") return word;
  return `${word}: ${countOf(found.good, "row is", "rows are")} good, ${found.bad.toLocaleString("en-GB")} to repair`;
}

/** A URL of no import, or of one the operator may not see, is not found. */
async function findImport(importId: string): Promise<ImportDetail> {
  if (!isUuid(importId)) notFound();
  try {
    return await loadImport(importId);
  } catch (error) {
    if (error instanceof AppError && error.code === "not-found") notFound();
    throw error;
  }
}
