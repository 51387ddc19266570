"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";

/** Around what asks the server again and again: a change, a field that searches. Other pages do without its code. */
export function QueryProvider({ children }: { children: ReactNode }) {
  const [queryClient] = useState(createQueryClient);
  return <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>;
}

function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      // The first page of everything comes from the server: do not ask for it again the moment it arrives.
      queries: { staleTime: 5_000, retry: 1 },
    },
  });
}
