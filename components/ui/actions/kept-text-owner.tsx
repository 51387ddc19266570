"use client";

import { createContext, type ReactNode, useEffect } from "react";
import { forgetKeptText } from "@/components/ui/actions/kept-text";

/** Whose text is kept on this page. Empty where nobody is signed in. */
export const KeptTextOwner = createContext("");

/** Around all pages of one operator: text that another one left in this tab is removed and never shown. */
export function KeptTextOwnerProvider({ owner, children }: { owner: string; children: ReactNode }) {
  useEffect(() => forgetKeptText(sessionStorage, Date.now(), owner), [owner]);
  return <KeptTextOwner value={owner}>{children}</KeptTextOwner>;
}
