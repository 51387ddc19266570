"use client";

import { lazy, useState } from "react";
import type { ModeFacts } from "@/components/tenants/mode-facts";
import { Button } from "@/components/ui/button";
import type { ButtonSize } from "@/components/ui/button-styles";
import { Dialog } from "@/components/ui/overlays/dialog";

const load = async () => ({ default: (await import("@/components/tenants/mode-form")).ModeForm });
const ModeForm = lazy(load);

type ModeDialogProps = { tenant: ModeFacts; label: string; size?: ButtonSize };

/** Sets who is the tenant's SCIM source. An owner signs it with a reason. */
export function ModeDialog({ tenant, label, size }: ModeDialogProps) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Dialog
      title={`Choose the mode of ${tenant.name}`}
      size="large"
      trigger={<Button size={size}>{label}</Button>}
      isOpen={isOpen}
      onOpenChange={setIsOpen}
      isDismissable={false}
      loadChildren={load}
    >
      <ModeForm tenant={tenant} onDone={() => setIsOpen(false)} />
    </Dialog>
  );
}
