import { type ReactNode, Suspense } from "react";
import { FleetBanner } from "@/components/fleet/fleet-banner";
import { StopFleet } from "@/components/fleet/stop-fleet";
import { ConnectionNotice } from "@/components/home/connection-notice";
import { loadNeeds } from "@/components/home/load-needs";
import { AppShell } from "@/components/layout/app-shell";
import { PendingBar } from "@/components/layout/pending-bar";
import { AccountLinks } from "@/components/operators/account-links";
import { KeptTextOwnerProvider } from "@/components/ui/actions/kept-text-owner";
import { roleWords } from "@/components/words/role-words";
import { loadOpenIssueCount } from "@/lib/issues/loaders";
import { loadCurrentOperator } from "@/lib/operators/loaders";

/** Redirects to sign-in, as every loader below does too: a layout is not rendered again for every page. */
export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const { id, name, role } = await loadCurrentOperator();
  const [{ tenantNeeds, changeNeeds }, issues] = await Promise.all([loadNeeds(), loadOpenIssueCount()]);
  return (
    <KeptTextOwnerProvider owner={id}>
      <AppShell
        operator={{ name, role: roleWords[role].word }}
        stop={<StopFleet role={role} />}
        signOut={<AccountLinks role={role} />}
        counts={{ "/tenants": tenantNeeds.length, "/changes": changeNeeds.length, "/issues": issues }}
      >
        <Suspense>
          <PendingBar />
        </Suspense>
        <ConnectionNotice />
        <FleetBanner role={role} />
        {children}
      </AppShell>
    </KeptTextOwnerProvider>
  );
}
