import "server-only";
import { randomUUID } from "node:crypto";
import ipaddr from "ipaddr.js";
import { headers } from "next/headers";
import { cache } from "react";
import type { RequestFacts } from "@/lib/auth/scope";

const userAgentCharsMax = 300;

/** The origin of this request, and an id that its log lines, events and error message share. */
export const requestFacts = cache(
  async (): Promise<RequestFacts> => toRequestFacts(await headers(), randomUUID()),
);

/** @param requestId created by us: a chosen one could be another request's */
export function toRequestFacts(headers: Headers, requestId: string): RequestFacts {
  return {
    address: toAddress(headers.get("x-forwarded-for")),
    userAgent: (headers.get("user-agent") ?? "").slice(0, userAgentCharsMax),
    requestId,
  };
}

/**
 * Returns the last entry of X-Forwarded-For, which our own proxy wrote: each proxy appends the address it heard from,
 * and everything before may be forged. Without a proxy Next writes the socket's address, unless the caller sent the
 * header: in production Rollcall runs behind a proxy that overwrites it.
 */
export function toAddress(forwardedFor: string | null): string {
  const last = forwardedFor?.split(",").at(-1)?.trim() ?? "";
  const bare = /^\[(.+)\](?::\d+)?$/.exec(last)?.[1] ?? /^([\d.]+):\d+$/.exec(last)?.[1] ?? last;
  // One spelling an address: `process` also converts ::ffff:192.0.2.1.
  return ipaddr.isValid(bare) ? ipaddr.process(bare).toString() : "unknown";
}
