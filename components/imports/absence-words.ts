import { listOf } from "@/components/words/count-words";
import type { ImportDetail } from "@/lib/imports/types";

/** What the plan makes of people who are not in the file. Null where the file speaks of those in it alone. */
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
      title: "Whoever is not in this file is planned to be archived",
      text: "That is everybody who came from an earlier file or from the inventory and is missing here. You see each of them in the plan, and too many at once are held for a second operator.",
    };
  }
  const where = partly.length === named.length ? "" : ` in ${listOf(partly)}`;
  return {
    kind: "info",
    title: `Nobody is taken for absent${where}`,
    text: "Rows to repair may be the very people who seem to be missing, so with any of them the file does not count as naming everybody. Repair the rows and upload the whole file again to plan who left.",
  };
}
