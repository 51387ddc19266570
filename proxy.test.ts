import { NextRequest } from "next/server";
import { expect, test, vi } from "vitest";
import { proxy, toContentPolicy } from "@/proxy";

vi.stubEnv("DATABASE_URL", "postgresql://localhost/rollcall");

function nonceOf(policy: string | null): string {
  return /script-src 'nonce-([^']+)'/.exec(policy ?? "")?.[1] ?? "";
}

test("each page gets its own nonce of 128 bits, the same one for browser and renderer", () => {
  const one = proxy(new NextRequest("https://rollcall.example/changes"));
  const two = proxy(new NextRequest("https://rollcall.example/changes"));
  const nonce = nonceOf(one.headers.get("content-security-policy"));
  expect(atob(nonce)).toHaveLength(16);
  expect(nonce).not.toBe(nonceOf(two.headers.get("content-security-policy")));
  expect(one.headers.get("x-middleware-request-x-nonce")).toBe(nonce);
  expect(nonceOf(one.headers.get("x-middleware-request-content-security-policy"))).toBe(nonce);
});

test("a nonce sent by the browser is never used", () => {
  const request = new NextRequest("https://rollcall.example/", { headers: { "x-nonce": "chosen" } });
  expect(proxy(request).headers.get("x-middleware-request-x-nonce")).not.toBe("chosen");
});

test("a page learns its own address from the proxy, and never from the browser", () => {
  const request = new NextRequest("https://rollcall.example/people?q=ana", {
    headers: { "x-address": "/elsewhere" },
  });
  expect(proxy(request).headers.get("x-middleware-request-x-address")).toBe("/people?q=ana");
});

test("outside development no script or style element runs without the nonce", () => {
  const policy = toContentPolicy("n", false);
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'nonce-n' 'strict-dynamic';");
  expect(policy).toContain("style-src 'self' 'nonce-n';");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy.match(/'unsafe-[a-z-]+'/g)).toEqual(["'unsafe-inline'"]);
  expect(policy).toContain("style-src-attr 'unsafe-inline'");
});

test("an address that is no text gets our own 400, as a page or as data", async () => {
  for (const rest of ["/people?q=%00", "/tenants/%A0", "/tenants/%ED%A0%80/x"]) {
    const page = proxy(new NextRequest(`https://rollcall.example${rest}`));
    expect(page.status).toBe(400);
    expect(await page.text()).toContain("Rollcall cannot read this address");
    expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
  }
  const data = proxy(new NextRequest("https://rollcall.example/api/tenants/%A0"));
  expect(data.status).toBe(400);
  expect(await data.json()).toEqual({ message: expect.any(String) });
});
