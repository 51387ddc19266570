"use client";

import { KeyRound, type LucideIcon, UserCog } from "lucide-react";
import { usePathname } from "next/navigation";
import { cx } from "@/components/ui/cx";

type AccountItem = { href: string; label: string; Icon: LucideIcon };

const own: AccountItem = { href: "/operators/me", label: "Your password", Icon: KeyRound };
const operators: AccountItem = { href: "/operators", label: "Operators", Icon: UserCog };

/** Plain links: a full page load also closes the drawer they are in on small screens. */
export function AccountNav({ isOwner }: { isOwner: boolean }) {
  const pathname = usePathname();
  return (
    <nav aria-label="Account">
      <ul className="flex flex-col gap-0.5">
        {(isOwner ? [operators, own] : [own]).map(({ href, label, Icon }) => {
          const isCurrent = pathname === href || (href !== own.href && isAnOperator(pathname));
          return (
            <li key={href}>
              <a
                href={href}
                aria-current={isCurrent ? (pathname === href ? "page" : "true") : undefined}
                className={cx(
                  "quick flex h-8 items-center gap-2.5 rounded-2 px-2 font-medium",
                  isCurrent ? "bg-sunken text-ink" : "text-ink-2 hover:bg-hover hover:text-ink",
                )}
              >
                <Icon aria-hidden className="size-4" />
                {label}
              </a>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}

function isAnOperator(pathname: string): boolean {
  return pathname.startsWith("/operators/") && pathname !== own.href;
}
