import { cx } from "@/components/ui/cx";

export type ButtonVariant = "primary" | "secondary" | "quiet" | "danger";
export type ButtonSize = "small" | "medium";

const base =
  "quick relative inline-flex max-w-full shrink-0 cursor-default select-none items-center justify-center [overflow-wrap:anywhere] " +
  "rounded-2 border font-medium no-underline disabled:cursor-not-allowed disabled:opacity-50 pending:opacity-70";

const variants: Record<ButtonVariant, string> = {
  primary: "border-transparent bg-accent text-accent-ink hover:opacity-90 pressed:opacity-80",
  secondary: "border-line bg-surface text-ink hover:border-edge hover:bg-hover pressed:bg-sunken",
  quiet:
    "border-transparent bg-transparent text-ink-2 hover:bg-hover hover:text-ink pressed:bg-sunken aria-expanded:bg-sunken",
  danger: "border-transparent bg-failed text-surface hover:opacity-90 pressed:opacity-80",
};

const sizes: Record<ButtonSize, string> = {
  small: "min-h-7 py-0.5 gap-1.5 px-2.5 text-12 [&_svg]:size-3.5",
  medium: "min-h-8 py-1 gap-2 px-3 text-13 [&_svg]:size-4",
};

/**
 * The shared look of buttons and links. One `primary` a page, which names the whole action; `danger` only for actions
 * that take access away.
 */
export function buttonStyles(
  variant: ButtonVariant = "secondary",
  size: ButtonSize = "medium",
  className?: string,
): string {
  return cx(base, variants[variant], sizes[size], className);
}
