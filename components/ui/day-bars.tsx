import { cx } from "@/components/ui/cx";
import { statusKinds } from "@/components/ui/status-kinds";

/** One day's operations by how they ended. `day` is an ISO date. */
export type DayCount = { day: string; confirmed: number; accepted: number; held: number; failed: number };

const kinds = ["failed", "held", "confirmed", "accepted"] as const;

/** Days side by side, the tallest filling the height; the same numbers follow as a table for those who listen. */
export function DayBars({
  label,
  days,
  className,
}: {
  label: string;
  days: readonly DayCount[];
  className?: string;
}) {
  const most = Math.max(1, ...days.map(toTotal));
  return (
    <div className={className}>
      <div aria-hidden className="flex h-24 items-end gap-1.5 border-b border-line">
        {days.map((day) => (
          <div key={day.day} className="flex h-full flex-1 flex-col justify-end gap-px">
            {kinds
              .filter((kind) => day[kind] > 0)
              .map((kind) => (
                <span
                  key={kind}
                  className={cx("min-h-0.5 first:rounded-t-[2px]", statusKinds[kind].bar)}
                  style={{ height: `${(day[kind] / most) * 94}%` }}
                />
              ))}
          </div>
        ))}
      </div>
      <table className="sr-only">
        <caption>{label}</caption>
        <thead>
          <tr>
            <th scope="col">Day</th>
            {kinds.map((kind) => (
              <th key={kind} scope="col">
                {kind}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {days.map((day) => (
            <tr key={day.day}>
              <th scope="row">{day.day}</th>
              {kinds.map((kind) => (
                <td key={kind}>{day[kind]}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function toTotal(day: DayCount): number {
  return kinds.reduce((total, kind) => total + day[kind], 0);
}
