import type { ChangeView, RunView } from "@/components/changes/model/wire";
import { countOf, listOf } from "@/components/words/count-words";
import { toCatalogueCode } from "@/components/words/error-words";
import { type CatalogueCode, getCatalogueEntry } from "@/lib/knowbe4/catalogue";
import type { OperationKind } from "@/lib/changes/model/plan-types";

const verbs: Partial<Record<OperationKind, [verb: string, one: string, many: string]>> = {
  archive: ["archive", "person", "people"],
  restore: ["restore", "person", "people"],
  create: ["create", "account", "accounts"],
  update: ["update", "person", "people"],
};

/** "archive 8 people", "send 12 lines": what would be done, by the kind of the held lines if all have the same. */
export function toHeldAction(runs: readonly RunView[]): string {
  const held = runs.flatMap(({ lines }) => lines.filter(({ state }) => state === "held"));
  const count = held.reduce((sum, line) => sum + line.count, 0);
  const kinds = new Set(held.map(({ kind }) => kind));
  const [kind] = kinds;
  const [verb, one, many] = (kinds.size === 1 && kind && verbs[kind]) || ["send", "line", "lines"];
  return `${verb} ${countOf(count, one, many)}`;
}

export type HeldReason = { code: CatalogueCode; text: string };

/** Why lines are held: each reason once, with its lines and tenants. */
export function toHeldReasons({ runs }: Pick<ChangeView, "runs">): HeldReason[] {
  const held = runs.flatMap(({ lines, tenantName }) =>
    lines.filter(({ state }) => state === "held").map((line) => ({ ...line, tenantName })),
  );
  const byCode = Map.groupBy(held, ({ reason }) => toCatalogueCode(reason ?? "unexpected"));
  return [...byCode].map(([code, lines]) => {
    const count = lines.reduce((sum, line) => sum + line.count, 0);
    const names = [...new Set(lines.map(({ tenantName }) => tenantName))];
    const where = names.length <= 3 ? listOf(names) : `${names.length} tenants`;
    const { cause } = getCatalogueEntry(code);
    return { code, text: `${countOf(count, "line", "lines")} in ${where}: ${cause}` };
  });
}
