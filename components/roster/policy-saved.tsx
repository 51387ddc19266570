"use client";

import { type ReactNode, useState } from "react";
import { Notice } from "@/components/ui/notice";
import { useFocusKeeper } from "@/components/ui/use-focus-keeper";

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
  const box = useFocusKeeper(version);
  return (
    <div ref={box} role="group" aria-label={what} tabIndex={-1} className="flex flex-col gap-4 outline-none">
      <div aria-live="polite" className="empty:-mb-4">
        {version > openedAt ? (
          <Notice key={version} kind="confirmed" title={`${what} is saved`}>
            Nothing was sent. The next plan follows it.
          </Notice>
        ) : null}
      </div>
      {children}
    </div>
  );
}
