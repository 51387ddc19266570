import "server-only";
import { authorize } from "@/lib/auth/authorize";
import type { Scope } from "@/lib/auth/scope";
import { Prisma, transaction } from "@/lib/db/transaction";
import { isUuid } from "@/lib/is-uuid";
import type { IssuePage, IssueRow, IssueTenant } from "@/lib/issues/types";

export const ISSUES_PAGE = 50;

export type IssueFilter = {
  state: "open" | "resolved";
  tenantId?: string /** The `next` of the page before. */;
  after?: string;
};

type Row = Omit<IssueRow, "tenant"> & {
  tenant: (Omit<IssueTenant, "nextAt"> & { nextAt: string | null }) | null;
};

/** Lists issues of the scope's tenants and of the fleet, newest first, paged by key. */
export async function listIssues(scope: Scope, filter: IssueFilter): Promise<IssuePage> {
  authorize(scope, "issue.read");
  const after = filter.after ? parseCursor(filter.after) : null;
  const conditions = [
    Prisma.sql`n.state = ${filter.state}`,
    ...(filter.tenantId ? [Prisma.sql`n.tenant_id = ${filter.tenantId}::uuid`] : []),
    ...(after ? [Prisma.sql`(n.last_at, n.id) < (${after.lastAt}::timestamptz, ${after.id}::uuid)`] : []),
  ];
  const rows = await transaction(
    scope,
    (tx) => tx.$queryRaw<Row[]>`
    SELECT n.id, n.code, n.subject, n.detail, n.state, n.times, n.first_at AS "firstAt", n.last_at AS "lastAt",
           n.resolved_at AS "resolvedAt", (SELECT o.name FROM operator o WHERE o.id = n.resolved_by) AS "resolvedBy",
           (SELECT jsonb_build_object('id', t.id, 'name', t.name, 'state', t.state,
                     'nextAt', CASE t.state WHEN 'quarantined' THEN t.probe_next_at WHEN 'healthy' THEN t.cooldown_to END)
              FROM tenant t WHERE t.id = n.tenant_id) AS tenant,
           (SELECT jsonb_build_object('id', c.id, 'number', c.number) FROM change c WHERE c.id = n.change_id) AS change
      FROM issue n WHERE ${Prisma.join(conditions, " AND ")}
     ORDER BY n.last_at DESC, n.id DESC LIMIT ${ISSUES_PAGE + 1}`,
  );
  const page = rows.slice(0, ISSUES_PAGE).map(toIssue);
  const last = page.at(-1);
  return { rows: page, next: rows.length > ISSUES_PAGE && last ? toCursor(last) : null };
}

/** Counts the open issues that listIssues shows. */
export async function countOpenIssues(scope: Scope): Promise<number> {
  authorize(scope, "issue.read");
  return transaction(scope, (tx) => tx.issue.count({ where: { state: "open" } }));
}

/** JSON has no dates. */
function toIssue({ tenant, ...row }: Row): IssueRow {
  return { ...row, tenant: tenant && { ...tenant, nextAt: tenant.nextAt ? new Date(tenant.nextAt) : null } };
}

function toCursor({ lastAt, id }: IssueRow): string {
  return `${lastAt.toISOString()}_${id}`;
}

/** Ignores a cursor that is not ours and gives the first page. */
function parseCursor(cursor: string): { lastAt: string; id: string } | null {
  const [lastAt = "", id = ""] = cursor.split("_");
  const isWhole = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(lastAt) && isUuid(id);
  // Not before 1970: the database knows no year 0.
  return isWhole && Date.parse(lastAt) >= 0 ? { lastAt, id } : null;
}
