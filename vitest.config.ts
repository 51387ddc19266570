import path from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = path.dirname(fileURLToPath(import.meta.url));
const alias = { "@": root, "server-only": path.join(root, "test/server-only.ts") };
const exclude = ["**/node_modules/**", "**/.next/**", "e2e/**"];

export default defineConfig({
  resolve: { alias },
  test: {
    // A zone with minutes in its offset: code that only works in UTC cannot pass.
    env: { TZ: "Asia/Kathmandu" },
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["**/*.test.ts", "**/*.test.tsx"],
          exclude: [...exclude, "**/*.db.test.ts"],
          setupFiles: ["test/silence.ts"],
          testTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: "db",
          include: ["**/*.db.test.ts"],
          exclude,
          globalSetup: ["test/postgres-cluster.ts"],
          setupFiles: ["test/silence.ts"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          // Two cores: one file for the test, one for the database it drives.
          maxWorkers: 2,
        },
      },
    ],
  },
});
