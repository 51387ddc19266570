import { mayMoveRails } from "@/components/rails/may-move-rails";
import { SwitchesDialog } from "@/components/rails/tab-dialogs";
import { Card } from "@/components/ui/card";
import { DefinitionList } from "@/components/ui/definition-list";
import { Status } from "@/components/ui/status";
import type { Role } from "@/lib/auth/roles";
import type { TenantDetail } from "@/lib/tenants/types";

/** Kinds of writes that every plan refuses here. */
export function SwitchesCard({ tenant, role }: { tenant: TenantDetail; role: Role }) {
  const { id, name, allowCreate, allowUpdate, allowArchive } = tenant;
  return (
    <Card
      title="Switches"
      note="plans refuse what is off"
      aside={
        mayMoveRails(tenant, role) ? (
          <SwitchesDialog tenant={{ id, name, allowCreate, allowUpdate, allowArchive }} />
        ) : null
      }
    >
      <DefinitionList
        layout="rows"
        items={[
          { term: "Create people", detail: <OnOff isOn={allowCreate} /> },
          { term: "Update people", detail: <OnOff isOn={allowUpdate} /> },
          { term: "Archive people", detail: <OnOff isOn={allowArchive} /> },
        ]}
      />
    </Card>
  );
}

function OnOff({ isOn }: { isOn: boolean }) {
  return <Status kind={isOn ? "confirmed" : "held"}>{isOn ? "On" : "Off"}</Status>;
}
