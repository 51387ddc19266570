import type { ChangeView, OperationView, RunView } from "@/components/changes/wire";
import { countOf, listOf } from "@/components/words/count-words";
import { type CatalogueCode, getCatalogueEntry } from "@/lib/knowbe4/catalogue";

/** One thing to know before a plan is applied: a sentence or two, with what follows from it. */
export type PlanRisk = { id: string; text: string };

type Line = OperationView & { tenantName: string };

/**
 * What somebody has to know before they apply, worst first. Refused tenants and lines are told here too; what is held
 * has a notice of its own, with the button that lets it go.
 */
export function listRisks(change: Pick<ChangeView, "runs">): PlanRisk[] {
  const lines = change.runs.filter(({ reason }) => reason === null).flatMap(toLines);
  return [
    ...archiveRisks(lines),
    ...change.runs.flatMap(refusedTenant),
    ...refusedLines(lines),
    ...enrolRisks(lines),
    ...newGroupRisks(lines),
    ...restoreRisks(lines),
  ];
}

const numberWords = ["No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten"];

/** "Three things to know before you apply". */
export function toRisksTitle(count: number): string {
  const number = numberWords[count] ?? count.toLocaleString("en-GB");
  return `${number} ${count === 1 ? "thing" : "things"} to know before you apply`;
}

function toLines(run: RunView): Line[] {
  return run.operations.map((operation) => ({ ...operation, tenantName: run.tenantName }));
}

function archiveRisks(lines: readonly Line[]): PlanRisk[] {
  const archived = lines.filter(({ kind, state }) => kind === "archive" && state === "planned");
  if (archived.length === 0) return [];
  const what = `${countOf(archived.length, "account", "accounts")} ${inTenants(archived)} ${isOrAre(archived)} archived.`;
  return [
    {
      id: "archives",
      text: `${what} Access to training ends now, the seat is freed, the history is kept, and a restore undoes it.`,
    },
  ];
}

function refusedTenant({ tenantId, tenantName, reason }: RunView): PlanRisk[] {
  if (reason === null) return [];
  const { cause, remedy } = getCatalogueEntry(reason);
  return [{ id: `tenant-${tenantId}`, text: `${tenantName} is left out. ${cause} ${remedy}` }];
}

/** One entry a reason; what depended on a refused line is told beside it and not explained on its own. */
function refusedLines(lines: readonly Line[]): PlanRisk[] {
  const refused = lines.filter(({ state, reason }) => state === "skipped" && reason !== "dependency-failed");
  const dependent = lines.filter(
    ({ state, reason }) => state === "skipped" && reason === "dependency-failed",
  ).length;
  const reasons = [...new Set(refused.map(({ reason }) => reason ?? "unexpected"))];
  const risks = reasons.map((reason) =>
    toRefusedRisk(
      reason,
      refused.filter((line) => (line.reason ?? "unexpected") === reason),
    ),
  );
  if (dependent === 0) return risks;
  const what = `${countOf(dependent, "line depends", "lines depend")} on one that is refused`;
  return [...risks, { id: "dependents", text: `${what} and will not be sent either.` }];
}

function toRefusedRisk(reason: CatalogueCode, lines: readonly Line[]): PlanRisk {
  const { title, remedy } = getCatalogueEntry(reason);
  const [first] = lines;
  const who =
    first && lines.length === 1
      ? `${first.target} ${inTenants(lines)}`
      : `${lines.length} lines ${inTenants(lines)}`;
  const whys = [...new Set(lines.map(({ why }) => why))].slice(0, 3);
  return {
    id: `refused-${reason}`,
    text: `Not sent: ${who}. ${title}: ${whys.join("; ")}. ${remedy}`,
  };
}

function enrolRisks(lines: readonly Line[]): PlanRisk[] {
  const enrolled = lines.filter(({ risks, state }) => risks.includes("may-enrol") && state !== "skipped");
  if (enrolled.length === 0) return [];
  const who = countOf(enrolled.length, "new or restored account", "new or restored accounts");
  return [{ id: "may-enrol", text: `KnowBe4 may enrol ${who} in running campaigns and mail them at once.` }];
}

function newGroupRisks(lines: readonly Line[]): PlanRisk[] {
  const created = lines.filter(({ risks, state }) => risks.includes("new-group") && state !== "skipped");
  const names = [...new Set(created.map(({ target }) => target))];
  if (names.length === 0) return [];
  const what = names.length === 1 ? `The group ${names[0]} is` : `The groups ${listOf(names)} are`;
  return [{ id: "new-groups", text: `${what} not there yet ${inTenants(created)} and will be created.` }];
}

function restoreRisks(lines: readonly Line[]): PlanRisk[] {
  const restored = lines.filter(({ risks, state }) => risks.includes("restores") && state !== "skipped");
  if (restored.length === 0) return [];
  const what = countOf(restored.length, "archived account comes back", "archived accounts come back");
  return [{ id: "restores", text: `${what} ${inTenants(restored)}, with the history. Each takes a seat.` }];
}

/** "in Contoso Legal", "in Contoso Legal and Adventure Works", "in 7 tenants". */
function inTenants(lines: readonly Line[]): string {
  const names = [...new Set(lines.map(({ tenantName }) => tenantName))];
  return names.length <= 3 ? `in ${listOf(names)}` : `in ${names.length} tenants`;
}

function isOrAre(lines: readonly unknown[]): string {
  return lines.length === 1 ? "is" : "are";
}
