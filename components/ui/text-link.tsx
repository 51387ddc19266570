import { ExternalLink } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { cx } from "@/components/ui/cx";

type TextLinkProps = {
  href: string;
  /** `plain` for names in rows, where every line is a link and underlines appear only on hover. */
  variant?: "underlined" | "plain";
  /** Opens a new tab and says so. */
  isExternal?: boolean;
  className?: string;
  children: ReactNode;
};

/** Not prefetched: each of our pages reads a database, and a list may have a hundred links. */
export function TextLink({ href, variant = "underlined", isExternal, className, children }: TextLinkProps) {
  const styles = cx(
    "rounded-1 underline-offset-2 hover:underline",
    variant === "underlined" ? "text-accent underline" : "font-medium text-ink",
    className,
  );
  if (isExternal) {
    return (
      <a href={href} target="_blank" rel="noreferrer" className={styles}>
        {children}
        <ExternalLink aria-hidden className="ml-1 inline size-3.5 align-[-2px]" />
        <span className="sr-only"> (opens in a new tab)</span>
      </a>
    );
  }
  return (
    <Link href={href} prefetch={false} className={styles}>
      {children}
    </Link>
  );
}
