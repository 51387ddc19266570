"use client";

import { Search, X } from "lucide-react";
import {
  SearchField as AriaSearchField,
  type SearchFieldProps as AriaProps,
  Button,
  Input,
} from "react-aria-components";
import { cx } from "@/components/ui/cx";
import { inputStyles } from "@/components/ui/fields/field-parts";

type SearchFieldProps = Omit<AriaProps, "children" | "className" | "style" | "aria-label"> & {
  /** Not shown: the icon replaces it for sighted people. */
  label: string;
  placeholder?: string;
  className?: string;
};

/** Inside a FilterForm, Enter submits and Escape clears. */
export function SearchField({ label, placeholder, className, ...props }: SearchFieldProps) {
  return (
    <AriaSearchField {...props} aria-label={label} className={cx("group relative", className)}>
      <Search aria-hidden className="pointer-events-none absolute top-2 left-2.5 size-4 text-ink-3" />
      <Input
        placeholder={placeholder}
        className={cx(inputStyles, "px-8 [&::-webkit-search-cancel-button]:hidden")}
      />
      <Button className="absolute inset-y-0 right-0 flex w-8 items-center justify-center rounded-2 text-ink-3 hover:text-ink group-empty:hidden">
        <X aria-hidden className="size-4" />
      </Button>
    </AriaSearchField>
  );
}
