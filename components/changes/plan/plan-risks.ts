import { warningTexts } from "@/components/changes/plan/plan-warnings";
import { type LineView, sumLines } from "@/components/changes/plan/plan-summary";
import { riskTexts } from "@/components/changes/plan/risk-words";
import type { ChangeView, OperationView, RunView } from "@/components/changes/model/wire";
import { toUtcTime } from "@/components/ui/relative-time";
import { formatChangeNumber } from "@/lib/change-number";
import { countOf, listOf } from "@/components/words/count-words";
import { type CatalogueCode, getCatalogueEntry } from "@/lib/knowbe4/catalogue";

/** One point to know before applying: one or two sentences, with the effect. */
export type PlanRisk = { id: string; text: string };

type Counted = LineView & { tenantName: string };

/**
 * What to know before applying, worst first. Refused tenants and lines are listed too. Held lines have their own notice
 * with its approval button. Counts include lines that are not shown.
 */
export function listRisks(change: Pick<ChangeView, "runs" | "scheduledAt" | "rivals">): PlanRisk[] {
  const runs = change.runs.filter(({ reason }) => reason === null);
  const lines = runs.flatMap(({ lines: counted, tenantName }) =>
    counted.map((line) => ({ ...line, tenantName })),
  );
  return [
    ...rivalRisks(change.rivals),
    ...archiveRisks(lines, change.scheduledAt),
    ...runs.flatMap(testModeRisk),
    ...change.runs.flatMap(refusedTenant),
    ...runs.flatMap((run) => warningTexts(run)),
    ...refusedLines(
      lines,
      runs.flatMap(({ operations }) => operations),
    ),
    ...listedRisks(runs),
    ...newGroupRisks(lines, runs),
    ...restoreRisks(lines),
  ];
}

const numberWords = ["No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten"];

/** "Three things to know before you apply". */
export function toRisksTitle(count: number): string {
  const number = numberWords[count] ?? count.toLocaleString("en-GB");
  return `${number} ${count === 1 ? "thing" : "things"} to know before you apply`;
}

/** Two plans for one person: the second to be applied was compared with what the first one changes. */
function rivalRisks(rivals: ChangeView["rivals"]): PlanRisk[] {
  if (rivals.length === 0) return [];
  const names = listOf(rivals.map(({ number, title }) => `${formatChangeNumber(number)} (${title})`));
  const text = `${names} ${rivals.length === 1 ? "is" : "are"} open for people of this plan too. Check that only one of them is meant. After one was applied, the other may have to be planned again.`;
  return [{ id: "rivals", text }];
}

function archiveRisks(lines: readonly Counted[], scheduledAt: string | null): PlanRisk[] {
  const archives = lines.filter(({ kind, state }) => kind === "archive" && state === "planned");
  const count = totalOf(archives);
  if (count === 0) return [];
  const what = `${countOf(count, "account", "accounts")} ${inTenants(archives)} ${count === 1 ? "is" : "are"} archived.`;
  const when = scheduledAt ? `on ${toUtcTime(new Date(scheduledAt))}` : "when this is applied";
  return [
    {
      id: "archives",
      text: `${what} Access to training ends ${when}, the seat is freed, and history is kept. A restore brings the person back.`,
    },
  ];
}

/** Test Mode is what an operator recorded; SCIM does not tell it. */
function testModeRisk({ tenantId, tenantName, testMode, lines }: RunView): PlanRisk[] {
  if (testMode !== true || !lines.some(({ state }) => state === "planned" || state === "held")) return [];
  return [
    {
      id: `test-mode-${tenantId}`,
      text: `Test Mode is recorded as on in ${tenantName}. KnowBe4 will accept everything and change nothing while it is on. Switch it off there, or apply this to see what KnowBe4 reports.`,
    },
  ];
}

function refusedTenant({ tenantId, tenantName, reason }: RunView): PlanRisk[] {
  if (reason === null) return [];
  const { cause, remedy } = getCatalogueEntry(reason);
  return [{ id: `tenant-${tenantId}`, text: `${tenantName} is left out. ${cause} ${remedy}` }];
}

/** One entry for each reason; lines that depend on a refused one are counted beside it. */
function refusedLines(lines: readonly Counted[], shown: readonly OperationView[]): PlanRisk[] {
  const refused = lines.filter(({ state }) => state === "skipped");
  const byReason = Map.groupBy(refused, ({ reason }): CatalogueCode => reason ?? "unexpected");
  const dependent = totalOf(byReason.get("dependency-failed") ?? []);
  byReason.delete("dependency-failed");
  const risks = [...byReason].map(([reason, counted]) =>
    toRefusedRisk(
      reason,
      counted,
      shown.filter((line) => line.state === "skipped" && (line.reason ?? "unexpected") === reason),
    ),
  );
  if (dependent === 0) return risks;
  const what = `${countOf(dependent, "line depends", "lines depend")} on one that is refused`;
  return [...risks, { id: "dependents", text: `${what} and will not be sent.` }];
}

function toRefusedRisk(
  reason: CatalogueCode,
  counted: readonly Counted[],
  shown: readonly OperationView[],
): PlanRisk {
  const { title, remedy } = getCatalogueEntry(reason);
  const [first] = shown;
  const count = totalOf(counted);
  const who = first && count === 1 ? first.target : `${count.toLocaleString("en-GB")} lines`;
  const whys = [...new Set(shown.map(({ why }) => why))].slice(0, 3);
  const because = whys.length > 0 ? `: ${whys.join("; ")}` : "";
  return {
    id: `refused-${reason}`,
    text: `Not sent: ${who} ${inTenants(counted)}. ${title}${because}. ${remedy}`,
  };
}

/** Risks that are shown as a count of lines, in the order of risk-words.ts. */
function listedRisks(runs: readonly RunView[]): PlanRisk[] {
  return riskTexts.flatMap(({ risk, toText }) => {
    const count = runs
      .flatMap(({ risks }) => risks)
      .reduce((sum, counted) => (counted.risk === risk ? sum + counted.count : sum), 0);
    return count > 0 ? [{ id: risk, text: toText(count) }] : [];
  });
}

function newGroupRisks(lines: readonly Counted[], runs: readonly RunView[]): PlanRisk[] {
  const created = lines.filter(({ kind, state }) => kind === "group_create" && state !== "skipped");
  const names = new Set(
    runs.flatMap(({ operations }) =>
      operations.flatMap(({ kind, state, target }) =>
        kind === "group_create" && state !== "skipped" ? [target] : [],
      ),
    ),
  );
  const count = totalOf(created);
  if (count === 0) return [];
  const [only] = names;
  const what =
    names.size === 1 && only
      ? `The group ${only} is`
      : names.size > 0 && names.size <= 5
        ? `The groups ${listOf([...names])} are`
        : `${countOf(count, "group is", "groups are")}`;
  return [{ id: "new-groups", text: `${what} new ${inTenants(created)} and will be created.` }];
}

function restoreRisks(lines: readonly Counted[]): PlanRisk[] {
  const restored = lines.filter(({ kind, state }) => kind === "restore" && state !== "skipped");
  const count = totalOf(restored);
  if (count === 0) return [];
  const what = countOf(count, "archived account is restored", "archived accounts are restored");
  return [{ id: "restores", text: `${what} ${inTenants(restored)}, with history. Each takes a seat.` }];
}

function totalOf(lines: readonly LineView[]): number {
  return sumLines(lines, () => true);
}

/** "in Contoso Legal", "in Contoso Legal and Adventure Works", "in 7 tenants". */
function inTenants(lines: readonly Counted[]): string {
  const names = [...new Set(lines.map(({ tenantName }) => tenantName))];
  return names.length <= 3 ? `in ${listOf(names)}` : `in ${names.length} tenants`;
}
