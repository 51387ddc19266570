import type { Metadata } from "next";
import { PageBody } from "@/components/layout/page-body";
import { PageHeader } from "@/components/layout/page-header";
import { IssueList } from "@/components/issues/issue-list";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { KeepFocus } from "@/components/ui/keep-focus";
import { LinkTabs } from "@/components/ui/link-tabs";
import { Pagination } from "@/components/ui/pagination";
import { loadCurrentOperator } from "@/lib/operators/loaders";
import { loadIssues } from "@/lib/issues/loaders";

export const metadata: Metadata = { title: "Issues" };

type Search = { state?: string | string[]; after?: string | string[] };

export default async function IssuesPage({ searchParams }: { searchParams: Promise<Search> }) {
  const { state: given, after } = await searchParams;
  const state = given === "resolved" ? "resolved" : "open";
  const [operator, page] = await Promise.all([
    loadCurrentOperator(),
    loadIssues({ state, after: typeof after === "string" ? after : undefined }),
  ]);
  const href = state === "resolved" ? "/issues?state=resolved" : "/issues";
  return (
    <>
      <PageHeader title="Issues" />
      <PageBody>
        <LinkTabs
          label="Issues"
          variant="pill"
          current={href}
          tabs={[
            { href: "/issues", label: "Open" },
            { href: "/issues?state=resolved", label: "Resolved" },
          ]}
        />
        <KeepFocus of={page.rows.map(({ id }) => id).join(" ")} label={`Issues, ${state}`}>
          <Card isFlush>
            {page.rows.length > 0 ? (
              <IssueList issues={page.rows} role={operator.role} now={new Date()} />
            ) : (
              <EmptyState
                kind="nothing-yet"
                title={state === "open" ? "No open issues" : "No resolved issues yet"}
              >
                Rollcall opens one issue for each problem, such as a quarantined tenant or a failed read, and
                resolves it when the problem is gone.
              </EmptyState>
            )}
            <Pagination
              label="Pages of issues"
              firstHref={after ? href : null}
              nextHref={page.next ? `${href}${state === "resolved" ? "&" : "?"}after=${page.next}` : null}
            />
          </Card>
        </KeepFocus>
      </PageBody>
    </>
  );
}
