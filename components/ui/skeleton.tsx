import { cx } from "@/components/ui/cx";

type SkeletonProps = { /** What is on its way. */ label: string; rows?: number; className?: string };

/** For panels that take over a second. It stands still. */
export function Skeleton({ label, rows = 5, className }: SkeletonProps) {
  return (
    <div role="status" className={cx("flex flex-col gap-3 p-4", className)}>
      <span className="sr-only">{label}</span>
      {Array.from({ length: rows }, (_, index) => (
        <span
          key={index}
          aria-hidden
          className={cx("h-3 rounded-1 bg-sunken", index % 3 === 2 ? "w-2/3" : "w-full")}
        />
      ))}
    </div>
  );
}
