import { type NextRequest, NextResponse } from "next/server";
import { env } from "@/lib/env";
import { isReadableAddress } from "@/lib/web/is-readable-address";
import { ADDRESS_HEADER } from "@/lib/web/return-path";

/**
 * Gives each page its own nonce and the content policy that names it. It does not decide who may see a page: Next's
 * proxy has been bypassed before (CVE-2025-29927), so every page must refuse strangers without this file too.
 * Next reads the nonce back from the request's Content-Security-Policy and puts it on its own scripts; app/layout.tsx
 * reads `x-nonce` for the style elements React Aria adds. It also tells each page its own address, so that sign-in leads
 * back to it.
 */
export function proxy(request: NextRequest): NextResponse {
  if (!isReadableAddress(request.url)) return refuseAddress(request.nextUrl.pathname.startsWith("/api/"));
  const nonce = toNonce(crypto.getRandomValues(new Uint8Array(16)));
  const policy = toContentPolicy(nonce, env().ROLLCALL_MODE === "development");
  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  headers.set(ADDRESS_HEADER, request.nextUrl.pathname + request.nextUrl.search);
  headers.set("content-security-policy", policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  return response;
}

export const config = {
  // /api is excluded because a proxied body is buffered and cut at 10 MB; next.config.ts gives it a policy. Of its paths
  // only those with a percent sign pass here, as no upload's does: Next fails on one that cannot be decoded.
  // Prefetches are included: a browser may show what it prefetched as a page.
  matcher: ["/((?!api/|_next/static/).*)", "/api/(.*%.*)"],
};

/** In place of a page or of data, because neither can be found by such an address. */
function refuseAddress(isData: boolean): NextResponse {
  if (isData) {
    const message =
      "This address holds characters that no address of Rollcall has. Nothing was read. Go back.";
    return NextResponse.json({ message }, { status: 400, headers: { "cache-control": "private, no-store" } });
  }
  const page =
    "<!doctype html><html lang='en'><meta charset='utf-8'><title>Address not readable · Rollcall</title>" +
    "<h1>Rollcall cannot read this address</h1><p>It holds characters that no address of Rollcall has. Nothing was " +
    "changed. <a href='/'>Go to Home</a> and look for the page from there.</p></html>";
  const headers = {
    "content-type": "text/html; charset=utf-8",
    "cache-control": "private, no-store",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'",
  };
  return new NextResponse(page, { status: 400, headers });
}

/** 16 random bytes as base64, the form CSP level 3 section 2.3.1 asks for. */
function toNonce(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}

/**
 * The policy of one page. Development differs because React evaluates code to rebuild server stacks, the overlay
 * adds style elements of its own, and reloads arrive over a web socket.
 */
export function toContentPolicy(nonce: string, isDevelopment: boolean): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ""}`,
    isDevelopment ? "style-src 'self' 'unsafe-inline'" : `style-src 'self' 'nonce-${nonce}'`,
    // Popovers and bars are placed and sized with style attributes.
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self'${isDevelopment ? " ws:" : ""}`,
    "manifest-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "object-src 'none'",
  ].join("; ");
}
