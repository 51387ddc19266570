import { expect, test } from "vitest";
import { signInHref, toReturnPath } from "@/lib/web/return-path";

test.each([
  "/changes/CHG-1001",
  "/people?q=ana%20ruiz&state=active",
  "/tenants/7?tab=connection#replace-token",
])("sign-in leads on to %s", (path) => {
  expect(toReturnPath(path)).toBe(path);
  expect(new URLSearchParams(signInHref(path).split("?")[1]).get("to")).toBe(path);
});

test.each([
  null,
  "",
  "changes",
  "https://evil.example/",
  "//evil.example",
  "/\\evil.example",
  "/\t/evil.example",
  "/changes\\..\\..",
  "/sign-in?to=/changes",
  "/setup",
  "/api/exports/people",
])("sign-in leads from %j to the front page and nowhere else", (given) => {
  expect(toReturnPath(given)).toBe("/");
  expect(signInHref(given)).toBe("/sign-in");
  const { origin } = new URL(toReturnPath(given), "https://rollcall.example");
  expect(origin).toBe("https://rollcall.example");
});
