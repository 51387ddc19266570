import { listOf } from "@/components/words/count-words";
import type { ImportDetail } from "@/lib/imports/types";

/** What the plan does to people who are not in the file. Null if the file says nothing about them. */
export function toAbsenceWords({ mode, byTenant }: Pick<ImportDetail, "mode" | "byTenant">): {
  kind: "info" | "warning";
  title: string;
  text: string;
} | null {
  if (mode === "merge") return null;
  const named = byTenant.filter(({ tenantId, good }) => tenantId !== null && good > 0);
  const isLost = byTenant.some(({ tenantId, bad }) => tenantId === null && bad > 0);
  const partly = named.filter(({ bad }) => bad > 0 || isLost).map(({ name }) => name ?? "");
  if (partly.length === 0) {
    return {
      kind: "warning",
      title: "People absent from this file will be planned for archiving",
      text: "This covers everybody from an earlier file or the inventory who is absent here. The plan shows each of them. Above the limit they are held for another operator's approval.",
    };
  }
  const where = partly.length === named.length ? "" : ` in ${listOf(partly)}`;
  return {
    kind: "info",
    title: `Nobody is marked as absent${where}`,
    text: "Rows to repair may be the people who seem absent, so the file does not count as complete. Repair the rows and upload the whole file again to plan who left.",
  };
}
