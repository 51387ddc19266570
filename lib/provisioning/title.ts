import type { Intent } from "@/lib/provisioning/intent";

const VERBS = { onboard: "Onboard", update: "Update", offboard: "Offboard", restore: "Restore" } as const;

/** What a change is called: "Onboard Ana Ruiz", "Offboard Dana Whitfield and 5 others". */
export function titleOf(intent: Intent, names: readonly string[]): string {
  const distinct = [...new Set(names.filter(Boolean))];
  const first = distinct[0] ?? intent.accounts[0]?.userName ?? "nobody";
  const others = distinct.length - 1;
  const rest = others > 0 ? ` and ${others} ${others === 1 ? "other" : "others"}` : "";
  return `${VERBS[intent.kind]} ${first}${rest}`;
}

export function formatChangeNumber(number: number): string {
  return `CHG-${number}`;
}
