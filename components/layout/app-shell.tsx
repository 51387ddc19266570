import type { ReactNode } from "react";
import { Logo } from "@/components/layout/logo";
import { Nav, type NavCounts } from "@/components/layout/nav";
import { SmallScreenBar } from "@/components/layout/small-screen-bar";
import { ThemeSwitch } from "@/components/layout/theme-switch";
import { Monogram } from "@/components/ui/monogram";

type AppShellProps = {
  operator: { name: string; role: string };
  /** The stop button: reachable from every page. */
  stop?: ReactNode;
  /** A form with its button, rendered in the sidebar and in the small-screen drawer. */
  signOut: ReactNode;
  counts?: NavCounts;
  children: ReactNode;
};

/** The frame of every page behind sign-in: navigation at the left, the operator at its foot. */
export function AppShell({ operator, stop, signOut, counts, children }: AppShellProps) {
  const foot = (
    <div className="flex flex-col gap-3">
      {stop}
      <Operator operator={operator} signOut={signOut} />
    </div>
  );
  return (
    <>
      <a
        href="#main"
        className="fixed -top-16 left-2 z-50 rounded-2 bg-accent px-3 py-2 font-medium text-accent-ink focus:top-2"
      >
        Skip to the page
      </a>
      <SmallScreenBar counts={counts} foot={foot} />
      <div className="lg:grid lg:grid-cols-[var(--spacing-side)_minmax(0,1fr)]">
        <header className="hidden border-r border-line lg:block">
          <div className="sticky top-0 flex h-dvh flex-col gap-5 overflow-y-auto p-3">
            <div className="px-2 pt-2">
              <Logo />
            </div>
            <Nav counts={counts} />
            <div className="mt-auto">{foot}</div>
          </div>
        </header>
        <main id="main" tabIndex={-1} className="min-w-0 pb-12 outline-none">
          {children}
        </main>
      </div>
    </>
  );
}

function Operator({ operator, signOut }: Pick<AppShellProps, "operator" | "signOut">) {
  return (
    <div className="flex flex-col gap-2 border-t border-line pt-3">
      <div className="flex items-center gap-2 px-2">
        <Monogram name={operator.name} className="size-7 rounded-full text-12" />
        <p className="min-w-0 leading-4">
          <span className="block truncate font-medium text-ink">{operator.name}</span>
          <span className="block truncate text-12 text-ink-3">{operator.role}</span>
        </p>
      </div>
      <div className="flex items-end justify-between gap-2">
        {signOut}
        <ThemeSwitch />
      </div>
    </div>
  );
}
