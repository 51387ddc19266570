"use client";

import type { ReactNode } from "react";
import { I18nProvider } from "react-aria-components";
import { RelativeTimes } from "@/components/ui/relative-times";
import { KeepPlace } from "@/components/ui/keep-place";
import { FollowRows } from "@/components/ui/follow-rows";

/** en-GB and not the browser's locale, so that server and browser render the same. */
export function Providers({ children }: { children: ReactNode }) {
  return (
    <I18nProvider locale="en-GB">
      {children}
      <RelativeTimes />
      <FollowRows />
      <KeepPlace />
    </I18nProvider>
  );
}
