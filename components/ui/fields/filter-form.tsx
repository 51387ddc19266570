import NextForm from "next/form";
import type { ReactNode } from "react";
import { cx } from "@/components/ui/cx";

type FilterFormProps = {
  /** The list's path. The fields become its query, so a filtered list has an address that can be shared. */
  action: string;
  /** Filters without a field here that must be kept, as name and value. */
  keep?: Record<string, string | null | undefined>;
  className?: string;
  children: ReactNode;
};

export function FilterForm({ action, keep = {}, className, children }: FilterFormProps) {
  return (
    <NextForm
      action={action}
      prefetch={false}
      role="search"
      className={cx("flex flex-wrap items-end gap-2", className)}
    >
      {Object.entries(keep).map(([name, value]) =>
        value ? <input key={name} type="hidden" name={name} value={value} /> : null,
      )}
      {children}
    </NextForm>
  );
}
