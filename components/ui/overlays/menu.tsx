"use client";

import { lazy, type ReactNode } from "react";
import type { MenuListProps } from "@/components/ui/overlays/menu-list";
import { Opener } from "@/components/ui/overlays/opener";

const load = async () => ({ default: (await import("@/components/ui/overlays/menu-list")).MenuList });
const MenuList = lazy(load);

/** @param trigger a Button or IconButton */
export function Menu({ trigger, ...list }: MenuListProps & { trigger: ReactNode }) {
  return (
    <Opener kind="menu" trigger={trigger} load={load}>
      {(overlay) => <MenuList {...list} {...overlay} />}
    </Opener>
  );
}
