import type { ReactNode } from "react";
import { TextLink } from "@/components/ui/text-link";

type PageHeaderProps = {
  title: string;
  /** Its name in a ticket: CHG-1042. Monospaced, before the title. */
  id?: string;
  /** The list it belongs to. */
  parent?: { href: string; label: string };
  /** A Status, or a Status and Badges. */
  status?: ReactNode;
  /** Buttons, the primary one last. */
  actions?: ReactNode;
};

/** The bar at the head of a page. On wide screens it stays while the page scrolls. */
export function PageHeader({ title, id, parent, status, actions }: PageHeaderProps) {
  return (
    <div className="z-20 flex min-h-bar flex-wrap items-center gap-x-3 gap-y-2 border-b border-line bg-ground px-4 py-3 sm:px-6 lg:sticky lg:top-0">
      <div className="flex min-w-0 flex-1 basis-72 flex-wrap items-baseline gap-x-3 gap-y-0.5">
        {parent ? (
          <span className="flex items-baseline gap-3 text-ink-3">
            <TextLink href={parent.href} variant="plain" className="font-normal text-ink-2">
              {parent.label}
            </TextLink>
            <span aria-hidden>/</span>
          </span>
        ) : null}
        {id ? <span className="font-mono text-12 text-ink-2">{id}</span> : null}
        <h1 className="min-w-0 text-20 font-semibold tracking-[-0.01em] text-ink [overflow-wrap:anywhere]">
          {title}
        </h1>
        {status ? <span className="flex flex-wrap items-center gap-2">{status}</span> : null}
      </div>
      {actions ? <div className="flex max-w-full flex-wrap items-center gap-2">{actions}</div> : null}
    </div>
  );
}
