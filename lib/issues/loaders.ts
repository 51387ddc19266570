import "server-only";
import { countOpenIssues, listIssues, type IssueFilter } from "@/lib/issues/data";
import { requireScope } from "@/lib/web/current-scope";

export async function loadIssues(filter: IssueFilter) {
  return listIssues(await requireScope(), filter);
}

export async function loadOpenIssueCount(): Promise<number> {
  return countOpenIssues(await requireScope());
}
