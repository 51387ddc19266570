import { cx } from "@/components/ui/cx";
import { Status } from "@/components/ui/status";
import { statusKinds } from "@/components/ui/status-kinds";

/** The number of operations on each rung. */
export type LadderCounts = {
  queued: number;
  sent: number;
  accepted: number;
  confirmed: number;
  held: number;
  failed: number;
};

/** Most certain first, so that the bar fills from the left; queued operations are the empty end. */
const rungs = ["confirmed", "accepted", "sent", "failed", "held", "queued"] as const;

/** "21 confirmed, 10 accepted, 1 failed": the bar in words, without empty rungs. */
export function toLadderText(counts: LadderCounts): string {
  const parts = rungs.filter((rung) => counts[rung] > 0).map((rung) => `${counts[rung]} ${rung}`);
  return parts.length > 0 ? parts.join(", ") : "nothing to do";
}

type LadderBarProps = {
  counts: LadderCounts;
  /** What is counted, announced before the numbers: "Operations in Contoso Legal". */
  label: string;
  size?: "small" | "medium";
  className?: string;
};

export function LadderBar({ counts, label, size = "small", className }: LadderBarProps) {
  const shown = rungs.filter((rung) => counts[rung] > 0);
  return (
    <div
      role="img"
      aria-label={`${label}: ${toLadderText(counts)}`}
      className={cx(
        "flex w-full min-w-24 gap-px overflow-hidden rounded-1 bg-sunken",
        size === "medium" ? "h-2" : "h-1.5",
        className,
      )}
    >
      {shown.map((rung) => (
        // A share too small to see is still drawn: one failure in 4,000 must be visible.
        <span
          key={rung}
          className={cx("min-w-1", statusKinds[rung].bar)}
          style={{ flex: `${counts[rung]} 0 0` }}
        />
      ))}
    </div>
  );
}

/** The numbers under a bar, each with its icon and word. */
export function LadderLegend({ counts, className }: { counts: LadderCounts; className?: string }) {
  return (
    <ul className={cx("flex flex-wrap gap-x-4 gap-y-1", className)}>
      {rungs
        .filter((rung) => counts[rung] > 0)
        .map((rung) => (
          <li key={rung}>
            <Status kind={rung}>
              {counts[rung].toLocaleString("en-GB")} {rung}
            </Status>
          </li>
        ))}
    </ul>
  );
}
