"use client";

import { OctagonX } from "lucide-react";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/actions/confirm-dialog";
import { stopFleetAction } from "@/lib/fleet/actions";

/** The stop button. It asks for a reason but no typed phrase, because people use it in a hurry. */
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
      reason={{ label: "Reason", isRequired: true, description: "Everybody sees it on every page." }}
    >
      <p>
        Nothing more is sent to any tenant: no writes, no reads. Requests in flight still finish. Waiting
        operations are kept. Only an owner can resume sending.
      </p>
    </ConfirmDialog>
  );
}
