import { ModeChooser } from "@/components/tenants/mode-chooser";
import { Card } from "@/components/ui/card";
import { modeWords, toTestModeSentence } from "@/components/words/tenant-words";
import { can } from "@/lib/auth/permissions";
import type { Role } from "@/lib/auth/roles";
import { tenantCan } from "@/lib/tenants/tenant-can";
import type { TenantDetail } from "@/lib/tenants/types";

export function ModeCard({ tenant, role }: { tenant: TenantDetail; role: Role }) {
  const { word, meaning } = modeWords[tenant.mode];
  const isOpen = tenantCan.edit(tenant) && can(role, "tenant.mode");
  return (
    <div id="mode">
      <Card
        title="Mode"
        aside={
          isOpen && tenant.readAt ? <ModeChooser tenant={tenant} label="Change mode" size="small" /> : null
        }
      >
        <p className="font-medium text-ink">{word}</p>
        <p className="text-ink-2">{meaning}</p>
        <p className="mt-3 text-12 text-ink-3">{toTestModeSentence(tenant.testMode)}</p>
        {isOpen && !tenant.readAt ? (
          <p className="mt-3 text-12 text-ink-3">The mode can be chosen after the first full read.</p>
        ) : null}
      </Card>
    </div>
  );
}
