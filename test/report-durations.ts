import { appendFileSync } from "node:fs";
import type { Reporter, TestModule } from "vitest/node";

/** Appends each file's duration, with hooks and imports, to the file that TEST_DURATIONS names. */
export default class DurationsReporter implements Reporter {
  onTestModuleEnd(module: TestModule): void {
    const target = process.env.TEST_DURATIONS;
    if (!target) return;
    const { collectDuration, setupDuration, duration } = module.diagnostic();
    const line = { file: module.relativeModuleId, ms: collectDuration + setupDuration + duration };
    appendFileSync(target, `${JSON.stringify(line)}\n`);
  }
}
