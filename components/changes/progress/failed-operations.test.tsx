import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { FailedOperations } from "@/components/changes/progress/failed-operations";
import { toChange, toOperation, toRun } from "@/test/change";

const failedOf = (label: string, reason: "tenant-error" | "invalid-value", detail: string) =>
  toOperation({ id: label, label, state: "failed", reason, detail });

test("each cause of failures is told once, with its people, the tenant's answers and a next step that a person takes", () => {
  const operations = [
    failedOf("Ana Ruiz", "tenant-error", "Internal error 7"),
    failedOf("Bo Lee", "tenant-error", "Internal error 8"),
    failedOf("Cy Orr", "invalid-value", "Bad title"),
  ];
  const html = renderToStaticMarkup(
    <FailedOperations change={toChange("failed", [toRun(operations, { state: "failed" })])} />,
  );
  const text = html.replace(/<[^>]+>/g, " ");
  expect(text.match(/The tenant reports a server error/g)).toHaveLength(1);
  expect(text.match(/What to do:/g)).toHaveLength(2);
  expect(text).toMatch(/server error\s*:\s*2 operations/);
  for (const each of ["Ana Ruiz", "Bo Lee", "Cy Orr", "Internal error 7", "Bad title"])
    expect(text).toContain(each);
  expect(text).not.toContain("automatically");
});
