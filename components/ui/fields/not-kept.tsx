"use client";

import { createContext, type ReactNode } from "react";

export const NotKeptContext = createContext(false);

/** Around fields that are not brought back over a reload, such as a signature for what stands here now. */
export function NotKept({ children }: { children: ReactNode }) {
  return <NotKeptContext value>{children}</NotKeptContext>;
}
