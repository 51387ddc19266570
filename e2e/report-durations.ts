import { appendFileSync } from "node:fs";
import path from "node:path";
import type { Reporter, TestCase, TestResult } from "@playwright/test/reporter";

/** Appends each test's duration to the file that TEST_DURATIONS names. */
export default class DurationsReporter implements Reporter {
  onTestEnd(test: TestCase, { duration }: TestResult): void {
    const target = process.env.TEST_DURATIONS;
    if (!target) return;
    const file = path.relative(path.resolve(import.meta.dirname, ".."), test.location.file);
    appendFileSync(target, `${JSON.stringify({ file, ms: duration })}\n`);
  }
}
