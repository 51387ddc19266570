"use client";

import { NumberField, RailsDialog } from "@/components/rails/rails-dialog";
import { setSeatsAction } from "@/lib/tenants/actions";
import type { TenantDetail } from "@/lib/tenants/types";

export function SeatsDialog({ tenant }: { tenant: Pick<TenantDetail, "id" | "name" | "seats"> }) {
  return (
    <RailsDialog
      tenantId={tenant.id}
      trigger="Edit seats"
      title={`Seats of ${tenant.name}`}
      confirmLabel={`Save seats of ${tenant.name}`}
      action={setSeatsAction}
    >
      <NumberField
        label="Seats"
        name="seats"
        value={tenant.seats}
        unit="As the KnowBe4 console shows them under Account Settings. Left empty, seats are not counted."
        isRequired={false}
      />
    </RailsDialog>
  );
}
