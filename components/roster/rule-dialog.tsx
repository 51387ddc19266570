"use client";

import { lazy, useState } from "react";
import type { RuleFormProps } from "@/components/roster/rule-form";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/overlays/dialog";
import { attributes } from "@/lib/knowbe4/attributes";

const load = async () => ({ default: (await import("@/components/roster/rule-form")).RuleForm });
const RuleForm = lazy(load);

/** Edits the rule of one attribute. The form holds it; the mapping is saved as a whole. */
export function RuleDialog(props: RuleFormProps) {
  const [isOpen, setIsOpen] = useState(false);
  const { label } = attributes[props.attribute];
  return (
    <Dialog
      title={label}
      size="large"
      trigger={
        <Button size="small" aria-label={`Edit the rule of ${label}`}>
          Edit
        </Button>
      }
      isOpen={isOpen}
      onOpenChange={setIsOpen}
      isDismissable={false}
      loadChildren={load}
    >
      <RuleForm {...props} onDone={() => setIsOpen(false)} />
    </Dialog>
  );
}
