import type { Scope } from "@/lib/auth/scope";
import type { CsvList, CsvQuery } from "@/lib/csv/csv-list";
import { readChangesList, readOperationsList, readRunsList } from "@/lib/changes/export";
import { readEventsList } from "@/lib/audit/export";
import { readIssuesList } from "@/lib/issues/export";
import { readGroupsList, readPeopleList } from "@/lib/directory/export";
import { readImportsList, readTemplateList } from "@/lib/imports/export";
import { readRosterList } from "@/lib/roster/export";

/** The list's own query checks the permission. */
type ReadList = (scope: Scope, query: CsvQuery) => Promise<CsvList>;

/** Every list that can be exported as CSV, by its name in the URL: /api/exports/people?tenant=… */
export const csvLists: Readonly<Record<string, ReadList>> = {
  people: readPeopleList,
  groups: readGroupsList,
  changes: readChangesList,
  operations: readOperationsList,
  runs: readRunsList,
  events: readEventsList,
  roster: readRosterList,
  imports: readImportsList,
  issues: readIssuesList,
  template: readTemplateList,
};
