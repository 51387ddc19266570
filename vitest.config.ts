import path from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";
import durations from "./test/durations.json" with { type: "json" };

const root = path.dirname(fileURLToPath(import.meta.url));
const alias = { "@": root, "server-only": path.join(root, "test/server-only.ts") };
const exclude = ["**/node_modules/**", "**/.next/**", "e2e/**"];
const setupFiles = ["test/silence.ts", "test/properties.ts", "test/restore-environment.ts"];
/** The long run tries many times as many cases of a property, so it gets as many times the time. */
const factor = Number(process.env.PROPERTY_FACTOR || "1");
const isLong = factor > 1;

/**
 * Starts with the slowest files, so that none of them runs alone at the end. Their seconds are in durations.json by
 * base name, so that a file may move; `npm test` prints the slowest at its end. The order affects only the duration, so
 * the table may be outdated.
 */
class SlowestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((a, b) => secondsOf(b) - secondsOf(a));
  }
}

function secondsOf({ moduleId }: TestSpecification): number {
  return (durations as Record<string, number>)[path.basename(moduleId)] ?? 0;
}

export default defineConfig({
  resolve: { alias },
  test: {
    // A zone with minutes in its offset: code that only works in UTC cannot pass.
    env: { TZ: "Asia/Kathmandu" },
    reporters: ["default", "./test/report-durations.ts"],
    sequence: { sequencer: SlowestFirst },
    // Half of the time was spent loading the same modules for each file. So a file leaves no state behind: it closes what
    // it opens, and test/restore-environment.ts puts variables back.
    isolate: false,
    // A tenth less processor time: what a test allocates dies before it is copied into the old generation.
    execArgv: ["--max-semi-space-size=64"],
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["**/*.test.ts", "**/*.test.tsx"],
          exclude: [...exclude, "**/*.db.test.ts"],
          setupFiles,
          testTimeout: 30_000 * factor,
        },
      },
      {
        extends: true,
        test: {
          name: "db",
          include: ["**/*.db.test.ts"],
          exclude: isLong ? exclude : [...exclude, "**/*.long.db.test.ts"],
          globalSetup: ["test/postgres-cluster.ts", "test/bundle-programs.ts"],
          setupFiles,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          // More files than cores: most of a file's time is waiting, for a lease, a sync or a retry.
          maxWorkers: 3,
        },
      },
    ],
  },
});
