import "server-only";
import type { ReadList } from "@/lib/web/csv-list";
import { readChangesList, readOperationsList, readRunsList } from "@/lib/web/csv-list-changes";
import { readEventsList } from "@/lib/web/csv-list-events";
import { readNoticesList } from "@/lib/web/csv-list-notices";
import { readGroupsList, readPeopleList } from "@/lib/web/csv-list-people";
import { readImportsList, readRosterList, readTemplateList } from "@/lib/web/csv-list-roster";

/** Every list that leaves as CSV, by its name in the address: /api/exports/people?tenant=… */
export const csvLists: Readonly<Record<string, ReadList>> = {
  people: readPeopleList,
  groups: readGroupsList,
  changes: readChangesList,
  operations: readOperationsList,
  runs: readRunsList,
  events: readEventsList,
  roster: readRosterList,
  imports: readImportsList,
  issues: readNoticesList,
  template: readTemplateList,
};
