import { defineConfig, devices } from "@playwright/test";
import { DATA_FOLDER, ORIGIN, PORT } from "./e2e/demo";

/**
 * The journeys run against the demo itself, from an empty folder, so the README's command is tested as well. One
 * worker, because they share one database, as operators do.
 */
export default defineConfig({
  testDir: "e2e",
  workers: 1,
  fullyParallel: false,
  forbidOnly: true,
  retries: 0,
  timeout: 120_000,
  expect: { timeout: 30_000 },
  reporter: [["list"], ["./e2e/report-durations.ts"]],
  use: {
    ...devices["Desktop Chrome"],
    baseURL: ORIGIN,
    actionTimeout: 20_000,
    viewport: { width: 1440, height: 900 },
    // Not UTC, so that nothing passes by luck; en-GB is the product's language.
    timezoneId: "Asia/Kathmandu",
    locale: "en-GB",
    trace: "retain-on-failure",
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH || "/usr/bin/chromium",
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
  webServer: {
    command: `tsx scripts/demo.ts --reset --port ${PORT} --data ${DATA_FOLDER}`,
    url: `${ORIGIN}/api/ready`,
    timeout: 300_000,
    reuseExistingServer: false,
    stdout: "pipe",
    gracefulShutdown: { signal: "SIGTERM", timeout: 60_000 },
  },
});
