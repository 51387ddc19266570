"use client";

import { Play } from "lucide-react";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { resumeFleetAction } from "@/lib/fleet/actions";

export function ResumeFleetDialog() {
  return (
    <ConfirmDialog
      trigger={<Button icon={<Play aria-hidden />}>Let sending go on…</Button>}
      title="Let sending go on to all tenants"
      confirmLabel="Let sending go on"
      action={resumeFleetAction}
      reason={{ label: "Reason", isRequired: true, description: "What was found, and why it is safe now." }}
    >
      <p>
        Workers take up what waits within moments, in every tenant. A change that shall not go out has to be
        cancelled before.
      </p>
    </ConfirmDialog>
  );
}
