import type { ChangeView } from "@/components/changes/model/wire";
import { countOf } from "@/components/words/count-words";

type Task = NonNullable<ChangeView["task"]>;

const titles: Record<Task["kind"], { open: string; refused: string }> = {
  plan: { open: "A worker is making this plan", refused: "The plan could not be made" },
  apply: { open: "A worker is applying this plan", refused: "The plan was not applied" },
  approve: { open: "A worker is approving the held lines", refused: "The held lines were not approved" },
};

/** What a worker does with a large change, as the title of a notice. */
export function toTaskTitle({ kind, refusal }: Pick<Task, "kind" | "refusal">): string {
  return refusal === null ? titles[kind].open : titles[kind].refused;
}

/**
 * How far it is: "Step 3 of 3: 45,000 of 100,000 lines stored." People are those counted when it was requested. How long a
 * step takes is not known, so no share of the whole is shown.
 */
export function toTaskStep({ kind, people, step, done, total }: Omit<Task, "refusal">): string {
  const about = `about ${countOf(people, "person", "people")}`;
  const so = done.toLocaleString("en-GB");
  switch (step) {
    case "waiting":
      return `Waiting for a worker, with ${about} to compare.`;
    case "reading":
      if (total === 1) return `Step 1 of 3: reading ${about}.`;
      return `Step 1 of 3: ${so} of ${countOf(total, "tenant", "tenants")} read, ${about} in all.`;
    case "comparing":
      return `Step 2 of 3: comparing ${about}.`;
    case "storing":
      if (kind !== "plan") return "Step 3 of 3: queueing the lines.";
      return `Step 3 of 3: ${so} of ${countOf(total, "line", "lines")} stored.`;
  }
}

/** Why a worker does it, and what can be done meanwhile. */
export function toTaskText({ kind }: Pick<Task, "kind">): string {
  return kind === "plan"
    ? "It compares more than 2,000 people. Nothing is sent until somebody has seen the plan and applies it. You can leave this page."
    : "It has more than 2,000 lines. The worker makes the plan again and queues it if nothing has changed. You can leave this page.";
}
