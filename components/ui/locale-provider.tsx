"use client";

import type { ReactNode } from "react";
import { I18nProvider, RouterProvider } from "react-aria-components";

type LocaleProviderProps = {
  /** BCP 47. Fixed rather than the browser's, so that server and browser write the same. */
  locale: string;
  /** Follows links inside menus and lists without loading the page anew. */
  navigate: (path: string) => void;
  children: ReactNode;
};

export function LocaleProvider({ locale, navigate, children }: LocaleProviderProps) {
  return (
    <I18nProvider locale={locale}>
      <RouterProvider navigate={navigate}>{children}</RouterProvider>
    </I18nProvider>
  );
}
