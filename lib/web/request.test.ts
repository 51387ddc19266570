import { expect, test } from "vitest";
import { isCrossSite } from "@/lib/web/is-cross-site";
import { isReadableAddress } from "@/lib/web/is-readable-address";
import { toFormInput } from "@/lib/web/form-input";
import { isOwnOrigin } from "@/lib/web/own-origin";
import { toAddress, toRequestFacts } from "@/lib/web/request-facts";

const appOrigin = "https://rollcall.example/";

test.each<[Record<string, string>, boolean]>([
  [{ origin: "https://rollcall.example" }, true],
  [{ origin: "https://rollcall.example", "sec-fetch-site": "same-origin" }, true],
  [{}, false],
  [{ "sec-fetch-site": "same-origin" }, false],
  [{ origin: "null" }, false],
  [{ origin: "https://evil.example" }, false],
  [{ origin: "https://evil.example", "x-forwarded-host": "evil.example", host: "evil.example" }, false],
  [{ origin: "http://rollcall.example" }, false],
  [{ origin: "https://rollcall.example:8443" }, false],
  [{ origin: "https://rollcall.example.evil.example" }, false],
  [{ origin: "https://rollcall.example", "sec-fetch-site": "same-site" }, false],
  [{ origin: "https://rollcall.example", "sec-fetch-site": "cross-site" }, false],
  [{ origin: "https://rollcall.example", "sec-fetch-site": "none" }, false],
])("a request with %j is ours: %s", (headers, isOwn) => {
  expect(isOwnOrigin(new Headers(headers), appOrigin)).toBe(isOwn);
});

test.each([
  ["203.0.113.9", "203.0.113.9"],
  ["1.2.3.4, 203.0.113.9", "203.0.113.9"],
  ["203.0.113.9:51234", "203.0.113.9"],
  ["::ffff:203.0.113.9", "203.0.113.9"],
  ["2001:DB8:0:0::1", "2001:db8::1"],
  ["[2001:db8::1]:443", "2001:db8::1"],
  ["<script>", "unknown"],
  ["", "unknown"],
  [null, "unknown"],
])("the address of a request forwarded for %j is %j", (forwardedFor, address) => {
  expect(toAddress(forwardedFor)).toBe(address);
});

test("a user agent is cut to the length of a log line", () => {
  const facts = toRequestFacts(new Headers({ "user-agent": "x".repeat(5_000) }), "r");
  expect(facts).toEqual({ address: "unknown", userAgent: "x".repeat(300), requestId: "r" });
});

test("a form becomes an object: repeated names and names with brackets become arrays, React's own fields are dropped", () => {
  const form = new FormData();
  for (const [name, value] of [
    ["$ACTION_ID_40ab", ""],
    ["name", "Dana"],
    ["role", "owner"],
    ["role", "auditor"],
    ["tenantIds[]", "t1"],
  ] as const)
    form.append(name, value);
  expect(toFormInput(form)).toEqual({ name: "Dana", role: ["owner", "auditor"], tenantIds: ["t1"] });
  expect(toFormInput({ name: "Dana" })).toEqual({ name: "Dana" });
});

test("a form field named __proto__ is a key like any other", () => {
  const form = new FormData();
  form.append("__proto__", "x");
  expect(Object.keys(toFormInput(form) as object)).toEqual(["__proto__"]);
});

test("an address that is no text is none of ours, and one that is only strange is", () => {
  const at = (rest: string) => isReadableAddress(`https://rollcall.example${rest}`);
  for (const rest of [
    "/people?q=%00",
    "/a%00b",
    "/tenants/%A0",
    "/tenants/%C3%28",
    "/tenants/%",
    "/tenants/%ED%A0%80",
  ])
    expect(at(rest), rest).toBe(false);
  for (const rest of [
    "/",
    "/people/t/%2541",
    "/people?q=100%",
    "/people?q=%A0",
    "/people?q=%2500",
    "/%F0%9F%92%A9",
  ])
    expect(at(rest), rest).toBe(true);
});

test("a request that another site made a browser send is told from our own pages and from typed addresses", () => {
  const from = (site?: string) =>
    isCrossSite(new Headers(site === undefined ? {} : { "sec-fetch-site": site }));
  expect(["cross-site", "same-site", "something-new"].map(from)).toEqual([true, true, true]);
  expect(["same-origin", "none", undefined].map(from)).toEqual([false, false, false]);
});
