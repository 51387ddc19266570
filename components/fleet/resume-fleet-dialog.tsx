"use client";

import { Play } from "lucide-react";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/actions/confirm-dialog";
import { resumeFleetAction } from "@/lib/fleet/actions";

export function ResumeFleetDialog() {
  return (
    <ConfirmDialog
      trigger={<Button icon={<Play aria-hidden />}>Resume sending…</Button>}
      title="Resume sending to all tenants"
      confirmLabel="Resume sending"
      action={resumeFleetAction}
      reason={{
        label: "Reason",
        isRequired: true,
        description: "What the cause was, and why it is safe now.",
      }}
    >
      <p>
        Workers send waiting operations within seconds, in every tenant. Cancel changes that must not be sent
        first.
      </p>
    </ConfirmDialog>
  );
}
