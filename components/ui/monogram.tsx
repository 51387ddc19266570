import { cx } from "@/components/ui/cx";

/** The first letters of the first two words, capitals: "Contoso Legal" is CL. */
export function toInitials(name: string): string {
  const words = name.trim().split(/\s+/u).slice(0, 2);
  return words
    .map((word) => [...word][0] ?? "")
    .join("")
    .toUpperCase();
}

/** A small square with a name's initials, beside the name: decoration, so it is not read out. */
export function Monogram({ name, className }: { name: string; className?: string }) {
  return (
    <span
      aria-hidden
      className={cx(
        "inline-flex size-5 shrink-0 select-none items-center justify-center rounded-1 bg-sunken text-[0.625rem] font-semibold tracking-tight text-ink-2",
        className,
      )}
    >
      {toInitials(name)}
    </span>
  );
}

/** A name with its monogram before it. */
export function Named({ name, className }: { name: string; className?: string }) {
  return (
    <span className={cx("inline-flex min-w-0 items-center gap-2", className)}>
      <Monogram name={name} />
      <span className="truncate">{name}</span>
    </span>
  );
}
