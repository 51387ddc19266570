"use client";

import { RailsDialog } from "@/components/rails/rails-dialog";
import { Checkbox } from "@/components/ui/fields/checkbox";
import { setSwitchesAction } from "@/lib/tenants/actions";
import type { TenantDetail } from "@/lib/tenants/types";

type SwitchesDialogProps = {
  tenant: Pick<TenantDetail, "id" | "name" | "allowCreate" | "allowUpdate" | "allowArchive">;
};

export function SwitchesDialog({ tenant }: SwitchesDialogProps) {
  const { id, name, allowCreate, allowUpdate, allowArchive } = tenant;
  return (
    <RailsDialog
      tenantId={id}
      trigger="Edit switches"
      title={`Switches of ${name}`}
      confirmLabel={`Save switches of ${name}`}
      action={setSwitchesAction}
    >
      <Checkbox
        name="allowCreate"
        value="on"
        defaultSelected={allowCreate}
        description="A new person takes a seat and may be enrolled in campaigns at once."
      >
        Create people
      </Checkbox>
      <Checkbox
        name="allowUpdate"
        value="on"
        defaultSelected={allowUpdate}
        description="Names, addresses and other fields of existing people."
      >
        Update people
      </Checkbox>
      <Checkbox
        name="allowArchive"
        value="on"
        defaultSelected={allowArchive}
        description="Frees the seat and keeps the history. Off: nobody is archived."
      >
        Archive people
      </Checkbox>
    </RailsDialog>
  );
}
