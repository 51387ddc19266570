"use client";

import type { ReactNode } from "react";
import { I18nProvider } from "react-aria-components";
import { RelativeTimes } from "@/components/ui/relative-times";
import { FollowRows } from "@/components/ui/follow-rows";

/** en-GB rather than the browser's, so that server and browser write the same. */
export function Providers({ children }: { children: ReactNode }) {
  return (
    <I18nProvider locale="en-GB">
      {children}
      <RelativeTimes />
      <FollowRows />
    </I18nProvider>
  );
}
