import { expect, test } from "vitest";
import { findOversize } from "@/components/ui/actions/oversize";

function toForm(fields: Record<string, string>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return form;
}

test("ten megabytes pasted into a field are refused at that field and not sent", () => {
  const said = findOversize(toForm({ reason: "x".repeat(10_000_000), name: "Acme" }));
  expect(said).toEqual({ reason: expect.stringContaining("10,000,000 characters") });
});

test("text of normal length is sent", () => {
  expect(findOversize(toForm({ reason: "Left the firm. ".repeat(100), name: "" }))).toBeNull();
});
