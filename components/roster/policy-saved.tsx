"use client";

import { type ReactNode, useState } from "react";
import { KeepFocus } from "@/components/ui/keep-focus";
import { Notice } from "@/components/ui/notice";

type PolicySavedProps = {
  /** What was saved: "The mapping of Contoso Legal". */
  what: string;
  /** Grows with every save, by which the form is drawn anew. */
  version: number;
  children: ReactNode;
};

/** Around a form that is drawn anew once it was saved: says that it was, and keeps the keyboard at it. */
export function PolicySaved({ what, version, children }: PolicySavedProps) {
  const [openedAt] = useState(version);
  return (
    <KeepFocus of={version} label={what} className="flex flex-col gap-4">
      <div aria-live="polite" className="empty:-mb-4">
        {version > openedAt ? (
          <Notice key={version} kind="confirmed" title={`${what} is saved`}>
            Nothing was sent. The next plan follows it.
          </Notice>
        ) : null}
      </div>
      {children}
    </KeepFocus>
  );
}
