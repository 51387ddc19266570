"use client";

import {
  Bell,
  Building2,
  FileUp,
  GitPullRequestArrow,
  House,
  type LucideIcon,
  ScrollText,
  Users,
} from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { Badge } from "@/components/ui/badge";
import { cx } from "@/components/ui/cx";

type NavItem = { href: string; label: string; Icon: LucideIcon };

const items: readonly NavItem[] = [
  { href: "/", label: "Home", Icon: House },
  { href: "/tenants", label: "Tenants", Icon: Building2 },
  { href: "/people", label: "People", Icon: Users },
  { href: "/changes", label: "Changes", Icon: GitPullRequestArrow },
  { href: "/imports", label: "Imports", Icon: FileUp },
  { href: "/issues", label: "Issues", Icon: Bell },
  { href: "/audit", label: "Audit", Icon: ScrollText },
];

/** The number of entries that need a person, by the URL of the page that lists them. */
export type NavCounts = Readonly<Record<string, number>>;

type NavProps = { counts?: NavCounts; onNavigate?: () => void };

export function Nav({ counts = {}, onNavigate }: NavProps) {
  const pathname = usePathname();
  return (
    <nav aria-label="Main">
      <ul className="flex flex-col gap-0.5">
        {items.map(({ href, label, Icon }) => {
          const isCurrent = isWithin(pathname, href);
          const count = counts[href] ?? 0;
          return (
            <li key={href}>
              <Link
                href={href}
                prefetch={false}
                onClick={onNavigate}
                aria-current={isCurrent ? (pathname === href ? "page" : "true") : undefined}
                className={cx(
                  "quick flex h-8 items-center gap-2.5 rounded-2 px-2 font-medium",
                  isCurrent ? "bg-sunken text-ink" : "text-ink-2 hover:bg-hover hover:text-ink",
                )}
              >
                <Icon aria-hidden className="size-4" />
                {label}
                {count > 0 ? (
                  <Badge kind="held" className="ml-auto">
                    {count}
                    <span className="sr-only"> waiting</span>
                  </Badge>
                ) : null}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}

function isWithin(pathname: string, href: string): boolean {
  return pathname === href || (href !== "/" && pathname.startsWith(`${href}/`));
}
