"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";

/** Wraps components that poll or search: a change, a search field. Other pages do not load its code. */
export function QueryProvider({ children }: { children: ReactNode }) {
  const [queryClient] = useState(createQueryClient);
  return <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>;
}

function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      // The server renders the first data, so do not fetch it again on load.
      queries: { staleTime: 5_000, retry: 1 },
    },
  });
}
