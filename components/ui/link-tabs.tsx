"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { useEffect, useRef } from "react";
import { cx } from "@/components/ui/cx";

type LinkTab = { href: string; label: string; count?: number };

type LinkTabsProps = {
  /** The landmark's name: "Tenant", "Views". */
  label: string;
  tabs: readonly LinkTab[];
  /** The current href; by default, the tab whose href is the path. Required if tabs differ by query. */
  current?: string;
  /** `line` for the parts of one thing, `pill` for views of one list. */
  variant?: "line" | "pill";
  className?: string;
};

const styles = {
  line: {
    list: "gap-4 border-b border-line",
    tab: "-mb-px border-b-2 px-0.5 pb-2 pt-1",
    current: "border-accent text-ink",
    other: "border-transparent text-ink-2 hover:border-edge hover:text-ink",
  },
  pill: {
    list: "gap-1",
    tab: "rounded-2 px-2.5 py-1",
    current: "bg-sunken text-ink",
    other: "text-ink-2 hover:bg-hover hover:text-ink",
  },
};

/** Tabs with addresses: each is a page, so the back button and shared links work. */
export function LinkTabs({ label, tabs, current, variant = "line", className }: LinkTabsProps) {
  const pathname = usePathname();
  const currentHref = current ?? pathname;
  const style = styles[variant];
  const strip = useRef<HTMLElement>(null);
  // On a narrow screen the strip is wider than the page, so scroll the current tab into view.
  useEffect(() => {
    const tab = strip.current?.querySelector<HTMLElement>("[aria-current]");
    if (tab)
      strip.current?.scrollTo({ left: tab.offsetLeft - strip.current.clientWidth / 2 + tab.offsetWidth / 2 });
  }, [currentHref]);
  return (
    <nav ref={strip} aria-label={label} className={cx("relative overflow-x-auto", className)}>
      <ul className={cx("flex min-w-max", style.list)}>
        {tabs.map((tab) => (
          <li key={tab.href}>
            <Link
              href={tab.href}
              prefetch={false}
              aria-current={tab.href === currentHref ? "page" : undefined}
              className={cx(
                "quick flex min-h-7 items-center gap-1.5 font-medium focus-visible:outline-offset-[-2px]",
                style.tab,
                tab.href === currentHref ? style.current : style.other,
              )}
            >
              {tab.label}
              {tab.count === undefined ? null : (
                <span className="text-12 font-normal text-ink-3 tabular-nums">
                  {tab.count.toLocaleString("en-GB")}
                </span>
              )}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
