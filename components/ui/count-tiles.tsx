import { cx } from "@/components/ui/cx";
import { type StatusKind, statusKinds } from "@/components/ui/status-kinds";

/** `glyph` is the verb's sign: + create, ~ update, ↺ restore, ⇄ link, ⊟ archive. */
export type CountTile = { word: string; count: number; glyph?: string; kind?: StatusKind };

/** Large counts side by side. A zero is shown muted. */
export function CountTiles({
  label,
  tiles,
  className,
}: {
  label: string;
  tiles: readonly CountTile[];
  className?: string;
}) {
  return (
    <ul
      aria-label={label}
      className={cx(
        "grid grid-cols-2 gap-px overflow-hidden rounded-2 border border-line bg-line sm:grid-flow-col sm:auto-cols-fr sm:grid-cols-none",
        className,
      )}
    >
      {tiles.map(({ word, count, glyph, kind = "neutral" }) => (
        <li key={word} className="flex flex-col bg-surface px-4 py-3 max-sm:last:odd:col-span-2">
          <span
            className={cx(
              "text-20 font-semibold tabular-nums",
              count === 0 ? "text-ink-3" : statusKinds[kind].text,
            )}
          >
            {glyph ? <span aria-hidden>{glyph} </span> : null}
            {count.toLocaleString("en-GB")}
          </span>
          <span className="text-12 text-ink-3">{word}</span>
        </li>
      ))}
    </ul>
  );
}
