"use client";

import { OctagonX } from "lucide-react";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { stopFleetAction } from "@/lib/fleet/actions";

/** The stop button. One reason and no typed phrase: whoever presses it is in a hurry. */
export function StopFleetDialog() {
  return (
    <ConfirmDialog
      trigger={
        <Button size="small" icon={<OctagonX aria-hidden />}>
          Stop all sending…
        </Button>
      }
      title="Stop all sending to all tenants"
      confirmLabel="Stop all sending"
      tone="danger"
      action={stopFleetAction}
      reason={{ label: "Reason", isRequired: true, description: "Everybody sees it, on every page." }}
    >
      <p>
        Nothing is sent to any tenant from now on: no write, no read. Requests that are on their way still
        end; what waits stays where it is, and nothing is lost. Only an owner can let it go on.
      </p>
    </ConfirmDialog>
  );
}
