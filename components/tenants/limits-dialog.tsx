"use client";

import { lazy, useState } from "react";
import type { Limits } from "@/components/tenants/limits-form";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/overlays/dialog";

const load = async () => ({ default: (await import("@/components/tenants/limits-form")).LimitsForm });
const LimitsForm = lazy(load);

export function LimitsDialog({ limits }: { limits: Limits }) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Dialog
      title={`Name, domains and rate limit of ${limits.name}`}
      trigger={<Button size="small">Edit</Button>}
      isOpen={isOpen}
      onOpenChange={setIsOpen}
      isDismissable={false}
      loadChildren={load}
    >
      <LimitsForm limits={limits} onDone={() => setIsOpen(false)} />
    </Dialog>
  );
}
