import type { ReactNode } from "react";
import { cx } from "@/components/ui/cx";

/** Ids, addresses and paths within a line of text. */
export function Code({ className, children }: { className?: string; children: ReactNode }) {
  return <code className={cx("font-mono text-12", className)}>{children}</code>;
}

/** A request, an answer or a command. It scrolls rather than wraps. */
export function CodeBlock({ label, children }: { label: string; children: string }) {
  return (
    <div
      role="group"
      aria-label={label}
      tabIndex={0}
      className="max-h-96 overflow-auto rounded-2 bg-sunken p-3"
    >
      <pre className="font-mono text-12 text-ink">{children}</pre>
    </div>
  );
}
