import type { RunView } from "@/components/changes/model/wire";
import { countOf } from "@/components/words/count-words";

type Warning = RunView["warnings"][number];

/** What a plan says about a tenant as a whole. */
export function warningTexts({
  tenantName,
  warnings,
}: Pick<RunView, "tenantName" | "warnings">): { id: string; text: string }[] {
  return warnings.map((warning) => ({
    id: `${warning.code}-${warning.tenantId}`,
    text: toText(tenantName, warning),
  }));
}

function toText(tenantName: string, { code, count, of = 0 }: Warning): string {
  const number = (value: number) => value.toLocaleString("en-GB");
  switch (code) {
    case "orphans":
      return `${countOf(count, "account", "accounts")} in ${tenantName} ${count === 1 ? "is" : "are"} not on the roster. Nothing is done to ${count === 1 ? "it" : "them"}.`;
    case "seats":
      return count > of
        ? `${tenantName} would have ${number(count)} active people with ${countOf(of, "seat", "seats")}. Those above the limit are held.`
        : `After this ${tenantName} has ${number(count)} active people on ${countOf(of, "seat", "seats")}.`;
    case "source-shrunk":
      return `The list of ${tenantName} names ${countOf(count, "person", "people")}; the list before named ${number(of)}. Archives of absent people are held.`;
    case "source-incomplete":
      return `Some rows of ${tenantName} could not be used, so nobody is marked as absent.`;
  }
}
