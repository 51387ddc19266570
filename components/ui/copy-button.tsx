"use client";

import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import type { ButtonSize, ButtonVariant } from "@/components/ui/button-styles";

type CopyButtonProps = {
  /** The text for the clipboard. */
  text: string;
  label?: string;
  variant?: ButtonVariant;
  size?: ButtonSize;
};

/** Shows "Copied" until it loses focus. Says so if there is no clipboard, as on plain HTTP. */
export function CopyButton({ text, label = "Copy", variant = "quiet", size = "medium" }: CopyButtonProps) {
  const [outcome, setOutcome] = useState<"copied" | "refused" | null>(null);

  async function copy() {
    try {
      await navigator.clipboard.writeText(text);
      setOutcome("copied");
    } catch {
      setOutcome("refused");
    }
  }

  const words = { copied: "Copied", refused: "The browser refused to copy" };
  return (
    <Button
      variant={variant}
      size={size}
      icon={outcome === "copied" ? <Check aria-hidden /> : <Copy aria-hidden />}
      onPress={copy}
      onBlur={() => setOutcome(null)}
    >
      <span aria-live="polite">{outcome ? words[outcome] : label}</span>
    </Button>
  );
}
