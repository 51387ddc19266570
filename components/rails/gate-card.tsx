import { AbsentPeople } from "@/components/rails/absent-people";
import { AdoptDialog } from "@/components/rails/adopt-dialog";
import { toGateSteps } from "@/components/rails/gate-steps";
import { ModeDialog } from "@/components/tenants/mode-dialog";
import { toModeFacts } from "@/components/tenants/mode-facts";
import { Card } from "@/components/ui/card";
import { CheckList } from "@/components/ui/fields/check-list";
import { KeepFocus } from "@/components/ui/keep-focus";
import { can } from "@/lib/auth/permissions";
import type { Role } from "@/lib/auth/roles";
import { loadAbsences } from "@/lib/tenants/loaders";
import { tenantCan } from "@/lib/tenants/tenant-can";
import type { TenantDetail } from "@/lib/tenants/types";

/** The cut-over gate: what must be true before anything is written to the tenant, and who confirmed it. */
export async function GateCard({ tenant, role }: { tenant: TenantDetail; role: Role }) {
  const absences = tenant.readAt ? await loadAbsences(tenant.id) : null;
  const facts = { ...tenant, hasRead: tenant.readAt !== null };
  const isNeeded = !tenant.adoptedAt || (absences?.absent ?? 0) > 0;
  const mayAdopt = tenantCan.adopt(facts) && can(role, "roster.manage") && isNeeded;
  const maySign = tenantCan.cutOver(facts) && can(role, "tenant.mode");
  return (
    <div id="cut-over">
      <KeepFocus of={`${mayAdopt} ${tenant.adoptedAt !== null} ${tenant.mode}`} label="Cut-over gate">
        <Card
          title="Cut-over gate"
          note={tenant.mode === "observe" ? "nothing is written until every step is done" : undefined}
        >
          <p className="mb-3 max-w-[70ch] text-ink-2">
            KnowBe4 archives people whom its SCIM source does not list. So Rollcall becomes the source only
            once it lists everybody there. Setting the tenant back to observe closes the gate again.
          </p>
          <CheckList items={toGateSteps(tenant, absences)} />
          {absences && absences.absent > 0 && tenant.adoptedAt ? (
            <AbsentPeople tenantId={tenant.id} absent={absences.absent} />
          ) : null}
          {absences && (mayAdopt || maySign) ? (
            <div className="mt-4 flex flex-wrap gap-2">
              {mayAdopt ? (
                <AdoptDialog
                  tenant={{ id: tenant.id, name: tenant.name, active: absences.active }}
                  isAgain={tenant.adoptedAt !== null}
                />
              ) : null}
              {maySign ? (
                <ModeDialog
                  tenant={toModeFacts(tenant, absences)}
                  label={tenant.mode === "observe" ? "Sign and choose the mode" : "Change mode"}
                />
              ) : null}
            </div>
          ) : null}
        </Card>
      </KeepFocus>
    </div>
  );
}
