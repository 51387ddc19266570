"use client";

import { Menu as MenuIcon } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Logo } from "@/components/layout/logo";
import { Nav, type NavCounts } from "@/components/layout/nav";
import { Drawer } from "@/components/ui/overlays/drawer";
import { IconButton } from "@/components/ui/icon-button";

type SmallScreenBarProps = { counts?: NavCounts; foot: ReactNode };

/** Replaces the sidebar on small screens: the same content in a drawer. */
export function SmallScreenBar({ counts, foot }: SmallScreenBarProps) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <header className="sticky top-0 z-30 flex h-12 items-center gap-2 border-b border-line bg-ground px-3 lg:hidden">
      <Drawer
        label="Navigation"
        isOpen={isOpen}
        onOpenChange={setIsOpen}
        trigger={
          <IconButton label="Open navigation">
            <MenuIcon aria-hidden />
          </IconButton>
        }
      >
        <div className="flex min-h-full flex-col gap-4 p-3">
          <div className="px-2 pt-2">
            <Logo />
          </div>
          <Nav counts={counts} onNavigate={() => setIsOpen(false)} />
          <div className="mt-auto">{foot}</div>
        </div>
      </Drawer>
      <Logo />
    </header>
  );
}
