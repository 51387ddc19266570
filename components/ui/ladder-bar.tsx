import { cx } from "@/components/ui/cx";
import { Status } from "@/components/ui/status";
import { statusKinds } from "@/components/ui/status-kinds";

/** How many operations stand on each rung. */
export type LadderCounts = {
  queued: number;
  sent: number;
  accepted: number;
  confirmed: number;
  held: number;
  failed: number;
};

/** Surest first, so that the bar fills from the left; what is queued is the empty end. */
const rungs = ["confirmed", "accepted", "sent", "failed", "held", "queued"] as const;

/** "21 confirmed, 10 accepted, 1 failed": the bar in words, rungs with nothing on them left out. */
export function toLadderText(counts: LadderCounts): string {
  const parts = rungs.filter((rung) => counts[rung] > 0).map((rung) => `${counts[rung]} ${rung}`);
  return parts.length > 0 ? parts.join(", ") : "nothing to do";
}

type LadderBarProps = {
  counts: LadderCounts;
  /** What is counted, spoken before the numbers: "Operations in Contoso Legal". */
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
        // A share too small to draw still shows: one failure in 4,000 must be seen.
        <span
          key={rung}
          className={cx("min-w-1", statusKinds[rung].bar)}
          style={{ flex: `${counts[rung]} 0 0` }}
        />
      ))}
    </div>
  );
}

/** The numbers under a bar, each with its shape and word. */
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
