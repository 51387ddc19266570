"use client";

import { type ReactNode, useState } from "react";
import { KeepFocus } from "@/components/ui/keep-focus";
import { Notice } from "@/components/ui/notice";

type PolicySavedProps = {
  /** The saved part: "The mapping of Contoso Legal". */
  what: string;
  /** Increases with every save; the form is rendered again under this key. */
  version: number;
  children: ReactNode;
};

/** Wraps a form that is reset after each save: announces the save and keeps focus there. */
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
