import "server-only";
import { z } from "zod";
import { authorize } from "@/lib/auth/authorize";
import type { Scope } from "@/lib/auth/scope";
import { Prisma, transaction } from "@/lib/db/transaction";
import { getChange, listChanges, listRuns } from "@/lib/changes/data";
import type { FieldDifference } from "@/lib/changes/model/plan-types";
import { type OperationCounts, operationStates } from "@/lib/changes/model/states";
import { formatChangeNumber } from "@/lib/change-number";
import { onePage, pagesOf, type CsvList, type CsvQuery, text, uuid } from "@/lib/csv/csv-list";
import { toCell } from "@/lib/csv/to-cell";

const stateHeaders = operationStates.map((state) => `Operations ${state}`);

function toStateCells(counts: OperationCounts): string[] {
  return operationStates.map((state) => toCell(counts[state]));
}

/** Exports changes with the states of their operations, newest first. */
export async function readChangesList(scope: Scope, query: CsvQuery): Promise<CsvList> {
  authorize(scope, "list.export");
  const filter = { text: z.strictObject({ q: text }).parse(query).q };
  return {
    name: "changes",
    header: [
      "Change",
      "Title",
      "Kind",
      "State",
      "Asked by",
      "Asked at (UTC)",
      "Ticket",
      "Tenants",
      ...stateHeaders,
    ],
    pages: pagesOf(
      (before: number | undefined) => listChanges(scope, { ...filter, before }),
      (row) => [
        formatChangeNumber(row.number),
        row.title,
        row.kind,
        row.standing,
        row.requestedBy,
        toCell(row.requestedAt),
        toCell(row.ticket),
        toCell(row.tenants),
        ...toStateCells(row.counts),
      ],
    ),
  };
}

/** More syncs than a tenant has in years, so its history is one page. */
const runsMax = 100_000;

/** Exports a tenant's sync history, newest first. */
export async function readRunsList(scope: Scope, query: CsvQuery): Promise<CsvList> {
  authorize(scope, "list.export");
  const { tenant: tenantId } = z.strictObject({ tenant: uuid }).parse(query);
  const runs = await listRuns(scope, { tenantId, limit: runsMax });
  return {
    name: "sync-history",
    tenantId,
    header: [
      "Change",
      "Title",
      "Kind",
      "State",
      "Reason of the state",
      "Asked by",
      "Why",
      "Ticket",
      "Queued at (UTC)",
      "Started at (UTC)",
      "Finished at (UTC)",
      ...stateHeaders,
    ],
    pages: onePage(
      runs.map((run) => [
        formatChangeNumber(run.number),
        run.title,
        run.kind,
        run.state,
        toCell(run.reason),
        toCell(run.requestedBy),
        run.changeReason,
        toCell(run.ticket),
        toCell(run.queuedAt),
        toCell(run.startedAt),
        toCell(run.finishedAt),
        ...toStateCells(run.counts),
      ]),
    ),
  };
}

const operationsPage = 1_000;

/** Exports every operation of a change in the scope's tenants, in plan order. */
export async function readOperationsList(scope: Scope, query: CsvQuery): Promise<CsvList> {
  authorize(scope, "list.export");
  const { change: changeId } = z.strictObject({ change: uuid }).parse(query);
  const { number } = await getChange(scope, { changeId });
  return {
    name: `${formatChangeNumber(number)}-operations`,
    changeId,
    header: [
      "Tenant",
      "Operation",
      "State",
      "Name",
      "Address or group",
      "What changes",
      "Why",
      "Risks",
      "Code",
      "Detail",
      "Attempts",
      "HTTP status",
      "Sent at (UTC)",
      "Accepted at (UTC)",
      "Confirmed at (UTC)",
    ],
    pages: pagesOf(
      (after: OperationKey | undefined) => readOperations(scope, changeId, after),
      toOperationCells,
    ),
  };
}

type OperationKey = { runId: string; seq: number };

type OperationLine = OperationKey & {
  tenantName: string;
  kind: string;
  state: string;
  label: string;
  target: string;
  diff: FieldDifference[];
  why: string;
  risks: string[];
  reason: string | null;
  detail: string | null;
  attempt: number;
  httpStatus: number | null;
  sentAt: Date | null;
  acceptedAt: Date | null;
  confirmedAt: Date | null;
};

async function readOperations(scope: Scope, changeId: string, after: OperationKey | undefined) {
  const later = after
    ? Prisma.sql`AND (o.run_id, o.seq) > (${after.runId}::uuid, ${after.seq}::int)`
    : Prisma.empty;
  const rows = await transaction(
    scope,
    (tx) => tx.$queryRaw<OperationLine[]>`
    SELECT o.run_id AS "runId", o.seq, t.name AS "tenantName", o.kind, o.state, o.label, o.target, o.diff, o.why, o.risks,
           o.reason, o.detail, o.attempt, o.http_status AS "httpStatus", o.sent_at AS "sentAt",
           o.accepted_at AS "acceptedAt", o.confirmed_at AS "confirmedAt"
      FROM operation o JOIN tenant t ON t.id = o.tenant_id WHERE o.change_id = ${changeId}::uuid ${later}
     ORDER BY o.run_id, o.seq LIMIT ${operationsPage}`,
  );
  return { rows, next: rows.length === operationsPage ? (rows.at(-1) ?? null) : null };
}

function toOperationCells(line: OperationLine): string[] {
  const changes = line.diff.map(
    ({ label, before, after }) => `${label}: ${before ?? "none"} → ${after ?? "none"}`,
  );
  return [
    line.tenantName,
    line.kind,
    line.state,
    line.label,
    line.target,
    changes.join(" | "),
    line.why,
    line.risks.join(" | "),
    toCell(line.reason),
    toCell(line.detail),
    toCell(line.attempt),
    toCell(line.httpStatus),
    toCell(line.sentAt),
    toCell(line.acceptedAt),
    toCell(line.confirmedAt),
  ];
}
