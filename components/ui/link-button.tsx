import Link from "next/link";
import type { ReactNode } from "react";
import { type ButtonSize, type ButtonVariant, buttonStyles } from "@/components/ui/button-styles";

type LinkButtonProps = {
  href: string;
  variant?: ButtonVariant;
  size?: ButtonSize;
  icon?: ReactNode;
  /** Set for files: the browser follows the link itself and saves the answer. */
  isDownload?: boolean;
  className?: string;
  children: ReactNode;
};

/** A link that looks like a button: for navigation, never for an action. */
export function LinkButton({ href, variant, size, icon, isDownload, className, children }: LinkButtonProps) {
  const styles = buttonStyles(variant, size, className);
  if (isDownload) {
    return (
      <a href={href} download className={styles}>
        {icon}
        {children}
      </a>
    );
  }
  return (
    <Link href={href} prefetch={false} className={styles}>
      {icon}
      {children}
    </Link>
  );
}
