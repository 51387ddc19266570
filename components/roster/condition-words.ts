import type { Condition } from "@/lib/roster/policy/condition";

export const isWords: Record<Condition["is"], string> = {
  equal: "is",
  "not-equal": "is not",
  contains: "contains",
  "not-contains": "does not contain",
  starts: "starts with",
  ends: "ends with",
  present: "is there",
  absent: "is empty",
  in: "is in the roster group",
  "not-in": "is not in the roster group",
};

/** "department is “Sales”", "is in the roster group “Staff”". */
export function toConditionWords(condition: Condition): string {
  const is = isWords[condition.is];
  if (condition.kind === "member") return `${is} “${condition.group}”`;
  if (condition.kind === "presence") return `${condition.field} ${is}`;
  return `${condition.field} ${is} “${condition.value}”`;
}
