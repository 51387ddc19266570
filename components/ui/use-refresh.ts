"use client";

import { useRouter } from "next/navigation";
import { useCallback } from "react";
import { fetchJson, LostAnswerError } from "@/components/ui/fetch-json";

/**
 * Renders the page again from the server, if the server and its database answer. Otherwise Next would replace the open
 * page, even while somebody types: without a server by the browser's error page, without a database by an error card.
 * The only caller of router.refresh().
 */
export function useRefresh(): () => Promise<void> {
  const router = useRouter();
  return useCallback(async () => {
    if (await canAnswer()) router.refresh();
  }, [router]);
}

/** Asks for something small that every page needs: a session and the database. */
async function canAnswer(): Promise<boolean> {
  if (!navigator.onLine) return false;
  try {
    await fetchJson("/api/fleet", { cache: "no-store" });
    return true;
  } catch (error) {
    // A refusal is an answer: the refreshed page says what it means, such as to sign in again.
    return !(error instanceof LostAnswerError);
  }
}
