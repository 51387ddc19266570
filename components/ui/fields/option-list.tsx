"use client";

import { Check } from "lucide-react";
import { ListBox, ListBoxItem, Popover, Text } from "react-aria-components";

/** One option: the form sends `id`, and people read and type `label`. */
export type Option = { id: string; label: string; description?: string; isDisabled?: boolean };

/** The list that Select and ComboBox open. Without `options` the parent provides them, filtered. */
export function OptionList({ options, emptyText }: { options?: readonly Option[]; emptyText: string }) {
  return (
    <Popover
      offset={4}
      className="min-w-(--trigger-width) rounded-2 border border-line bg-surface shadow-lift"
    >
      <ListBox
        items={options}
        renderEmptyState={() => <p className="px-2 py-1.5 text-ink-3">{emptyText}</p>}
        className="max-h-80 overflow-auto p-1 outline-none"
      >
        {(option: Option) => (
          <ListBoxItem
            id={option.id}
            textValue={option.label}
            isDisabled={option.isDisabled}
            className="group flex min-h-8 cursor-default items-center gap-2 rounded-1 px-2 py-1 text-13 focus:bg-hover focus-visible:outline-offset-[-2px] disabled:opacity-50"
          >
            <span className="flex min-w-0 flex-1 flex-col">
              <Text slot="label" className="truncate text-ink">
                {option.label}
              </Text>
              {option.description ? (
                <Text slot="description" className="text-12 text-ink-3">
                  {option.description}
                </Text>
              ) : null}
            </span>
            <Check aria-hidden className="invisible size-4 text-accent group-selected:visible" />
          </ListBoxItem>
        )}
      </ListBox>
    </Popover>
  );
}
