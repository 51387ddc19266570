import type { ReactNode } from "react";
import { Logo } from "@/components/layout/logo";
import { ThemeSwitch } from "@/components/layout/theme-switch";

type AuthShellProps = {
  title: string;
  description?: ReactNode;
  /** Under the card: where to get help. */
  footer?: ReactNode;
  children: ReactNode;
};

/** One card in the middle of the page: setting up, signing in. */
export function AuthShell({ title, description, footer, children }: AuthShellProps) {
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="flex items-center justify-between p-4">
        <Logo />
        <ThemeSwitch />
      </header>
      <main className="mx-auto flex w-full max-w-[26rem] flex-1 flex-col justify-center gap-4 p-4 pb-[12vh]">
        <div className="rounded-2 border border-line bg-surface p-6">
          <h1 className="text-20 font-semibold tracking-[-0.01em]">{title}</h1>
          {description ? <div className="mt-1 text-ink-2">{description}</div> : null}
          <div className="mt-5">{children}</div>
        </div>
        {footer ? <div className="px-6 text-12 text-ink-3">{footer}</div> : null}
      </main>
    </div>
  );
}
