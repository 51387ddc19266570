"use client";

import type { ReactNode } from "react";
import { Menu as AriaMenu, MenuItem, Popover, Text } from "react-aria-components";
import { cx } from "@/components/ui/cx";
import type { OpenOverlay } from "@/components/ui/overlays/opener";

export type MenuEntry = {
  id: string;
  label: string;
  description?: string;
  icon?: ReactNode;
  onAction: () => void;
  tone?: "plain" | "danger";
  isDisabled?: boolean;
};

export type MenuListProps = {
  /** The menu's accessible name. */
  label: string;
  entries: readonly MenuEntry[];
};

/** The contents of an open Menu. */
export function MenuList({ label, entries, isOpen, onOpenChange, triggerRef }: MenuListProps & OpenOverlay) {
  return (
    <Popover
      triggerRef={triggerRef}
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      placement="bottom start"
      offset={4}
      className="min-w-44 rounded-2 border border-line bg-surface shadow-lift"
    >
      <AriaMenu
        aria-label={label}
        items={entries}
        autoFocus="first"
        onClose={() => onOpenChange(false)}
        className="p-1 outline-none"
      >
        {(entry) => (
          <MenuItem
            onAction={entry.onAction}
            isDisabled={entry.isDisabled}
            textValue={entry.label}
            className={cx(
              "flex min-h-8 cursor-default items-center gap-2 rounded-1 px-2 py-1 text-13 focus:bg-hover focus-visible:outline-offset-[-2px] disabled:opacity-50 [&_svg]:size-4",
              entry.tone === "danger" ? "text-failed" : "text-ink",
            )}
          >
            {entry.icon}
            <span className="flex flex-col">
              <Text slot="label">{entry.label}</Text>
              {entry.description ? (
                <Text slot="description" className="text-12 text-ink-3">
                  {entry.description}
                </Text>
              ) : null}
            </span>
          </MenuItem>
        )}
      </AriaMenu>
    </Popover>
  );
}
