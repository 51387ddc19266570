import "server-only";
import { randomUUID } from "node:crypto";
import ipaddr from "ipaddr.js";
import { headers } from "next/headers";
import { cache } from "react";
import type { RequestFacts } from "@/lib/auth/scope";

const userAgentCharsMax = 300;

/** Where this request comes from, and a number that its log lines, its events and its error message share. */
export const requestFacts = cache(
  async (): Promise<RequestFacts> => toRequestFacts(await headers(), randomUUID()),
);

/** @param requestId made by us: one that a stranger chose could be another request's */
export function toRequestFacts(headers: Headers, requestId: string): RequestFacts {
  return {
    address: toAddress(headers.get("x-forwarded-for")),
    userAgent: (headers.get("user-agent") ?? "").slice(0, userAgentCharsMax),
    requestId,
  };
}

/**
 * The last entry of X-Forwarded-For is the one that our own proxy wrote: each proxy appends whom it heard from, and
 * whatever stands before may be invented. Without a proxy Next writes the socket's address, unless the caller sent
 * the header: Rollcall in production stands behind a proxy that overwrites it.
 */
export function toAddress(forwardedFor: string | null): string {
  const last = forwardedFor?.split(",").at(-1)?.trim() ?? "";
  const bare = /^\[(.+)\](?::\d+)?$/.exec(last)?.[1] ?? /^([\d.]+):\d+$/.exec(last)?.[1] ?? last;
  // One spelling an address: `process` also undoes ::ffff:192.0.2.1.
  return ipaddr.isValid(bare) ? ipaddr.process(bare).toString() : "unknown";
}
