import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseTenantUrl } from "@/lib/tenants/tenant-url";
import { propertyRuns } from "@/test/run-length";

const production = { loopback: false, hostSuffixes: ["knowbe4.com"] };
const development = { ...production, loopback: true };

describe("a Tenant URL", () => {
  test.each([
    ["https://training.knowbe4.com/scim/v2", "https://training.knowbe4.com/scim/v2"],
    [" https://EU.KnowBe4.com:443/scim/v2/\r\n", "https://eu.knowbe4.com/scim/v2"],
    ["HTTPS://us.api.knowbe4.com/scim/v2", "https://us.api.knowbe4.com/scim/v2"],
    [
      "https://knowbe4.com/tenants/4711/scim/v2/acme-inc",
      "https://knowbe4.com/tenants/4711/scim/v2/acme-inc",
    ],
    ["https://eu.knowbe4.com/api/scim", "https://eu.knowbe4.com/api/scim"],
    ["https://dev.scim.knowbe4.com", "https://dev.scim.knowbe4.com"],
    ["https://xn--bcher-kva.knowbe4.com/scim/v2", "https://xn--bcher-kva.knowbe4.com/scim/v2"],
  ])("in a known form is kept in one spelling: %j", (raw, url) => {
    expect(parseTenantUrl(raw, production)).toEqual({ ok: true, url });
    expect(parseTenantUrl(url, production)).toEqual({ ok: true, url });
  });

  test("may name only the hosts that the rules allow", () => {
    const url = "https://scim.example.org/scim/v2";
    expect(parseTenantUrl(url, production).ok).toBe(false);
    expect(parseTenantUrl(url, { loopback: false, hostSuffixes: ["knowbe4.com", "Example.org"] }).ok).toBe(
      true,
    );
    expect(parseTenantUrl(url, { loopback: false, hostSuffixes: [""] }).ok).toBe(false);
    expect(parseTenantUrl("https://10.0.0.1/scim/v2", { loopback: false, hostSuffixes: ["0.0.1"] }).ok).toBe(
      false,
    );
  });

  test.each([
    "http://127.0.0.1:4010",
    "https://[::1]:4010/any/path",
    "http://localhost:4010/tenants/a/scim/v2",
  ])("of this machine is accepted in development only: %j", (url) => {
    expect(parseTenantUrl(url, development)).toEqual({ ok: true, url });
    expect(parseTenantUrl(url, production).ok).toBe(false);
  });

  test.each([
    "http://127.1:4010/",
    "http://0x7f.0.0.1/",
    "http://[::ffff:127.0.0.1]/",
    "http://localhost.evil.example/",
  ])("of this machine in another spelling is refused in development too: %j", (url) =>
    expect(parseTenantUrl(url, development).ok).toBe(false),
  );

  test("is refused without repeating a password or a token pasted in its place", () => {
    for (const raw of [
      "eyJhbGciOiJIUzI1NiJ9.canary",
      "https://operator:canary@eu.knowbe4.com/scim/v2",
      "https://eu.knowbe4.com/scim/v2?token=canary",
      "https://eu.knowbe4.com/canary",
    ]) {
      const result = parseTenantUrl(raw, production);
      expect(result).toMatchObject({ ok: false, message: expect.not.stringContaining("canary") });
    }
  });

  test("is refused with at most 120 characters of it in the message", () => {
    const result = parseTenantUrl(`https://${"a.".repeat(500)}example/scim/v2`, production);
    const quoted = result.ok ? "" : /"(.*)"/.exec(result.message)?.[1];
    expect(quoted).toHaveLength(120);
  });

  test("is never accepted if it leads to another host than the one it names", () => {
    const piece = fc.constantFrom(
      "https://",
      "eu.knowbe4.com",
      "evil.example",
      "@",
      ":",
      "443",
      "/",
      "\\",
      "scim/v2",
      ".",
      "%2f",
      "#",
      "?",
      "[",
      "]",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 10 }), (pieces) => {
        const result = parseTenantUrl(`https://${pieces.join("")}`, production);
        if (!result.ok) return;
        const { hostname, href } = new URL(result.url);
        expect(hostname === "knowbe4.com" || hostname.endsWith(".knowbe4.com")).toBe(true);
        expect(href.replace(/\/$/, "")).toBe(result.url);
      }),
      { numRuns: propertyRuns(2_000) },
    );
  });
});
