"use client";

import { ExternalLink, RotateCw } from "lucide-react";
import { Button } from "@/components/ui/button";
import { buttonStyles } from "@/components/ui/button-styles";
import type { Refusal } from "@/components/ui/actions/outcome";
import { SubmitButton } from "@/components/ui/actions/submit-button";

type RefusalNextStepProps = {
  refusal: Refusal;
  /** Inside its form: what stands there can be sent again from here. */
  isInForm?: boolean;
};

/** What can be done about a refusal that no field is to blame for. */
export function RefusalNextStep({ refusal: { cause, help }, isInForm = false }: RefusalNextStepProps) {
  if (cause === "outdated") {
    return (
      <Button size="small" icon={<RotateCw aria-hidden />} onPress={() => window.location.reload()}>
        Reload
      </Button>
    );
  }
  if (help) {
    return (
      <a href={help.href} target="_blank" rel="noreferrer" className={buttonStyles("secondary", "small")}>
        <ExternalLink aria-hidden />
        {help.label}
      </a>
    );
  }
  if (cause === "refused" || !isInForm) return null;
  return (
    <SubmitButton variant="secondary" size="small">
      Try again
    </SubmitButton>
  );
}
