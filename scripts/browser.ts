import { execFile } from "node:child_process";
import fs from "node:fs";
import { promisify } from "node:util";
import { chromium } from "@playwright/test";
import { LaunchError } from "./process/launch-error";
import { runShell } from "./run-shell";

const run = promisify(execFile);

const SYSTEM_BROWSER = "/usr/bin/chromium";
const DOWNLOAD_HOST = "https://cdn.playwright.dev";
const PROBE_TIMEOUT_MS = 5_000;
const DOWNLOAD_TIMEOUT_MS = 180_000;

/**
 * Finds a Chromium for the end-to-end tests, or downloads one: Playwright's own, else Debian's.
 * @returns its path
 * @throws LaunchError when there is none
 */
export async function ensureBrowser(onProgress: (message: string) => void): Promise<string> {
  const candidates = [process.env.CHROMIUM_PATH, SYSTEM_BROWSER, chromium.executablePath()];
  for (const candidate of candidates) if (candidate && (await canRun(candidate))) return candidate;

  if (await canDownload()) {
    onProgress("Downloading a browser");
    await runShell("playwright install chromium", { timeoutMs: DOWNLOAD_TIMEOUT_MS });
    if (await canRun(chromium.executablePath())) return chromium.executablePath();
  }
  if (process.getuid?.() === 0 && fs.existsSync("/etc/debian_version")) {
    onProgress("Installing Debian's chromium");
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    await runShell("apt-get update -qq && apt-get install -y -qq chromium", { env });
    if (await canRun(SYSTEM_BROWSER)) return SYSTEM_BROWSER;
  }
  throw new LaunchError(
    "There is no browser for the end-to-end tests, and none could be downloaded. Install Chromium (on Debian: " +
      "apt-get install chromium) or set CHROMIUM_PATH to one, then run it again.",
  );
}

/** Tests a browser by running it: one whose libraries are missing has a file as well. */
async function canRun(file: string): Promise<boolean> {
  return run(file, ["--version"]).then(
    () => true,
    () => false,
  );
}

/** Playwright's installer retries for minutes before it reports that there is no connection. */
async function canDownload(): Promise<boolean> {
  return fetch(DOWNLOAD_HOST, { method: "HEAD", signal: AbortSignal.timeout(PROBE_TIMEOUT_MS) }).then(
    () => true,
    () => false,
  );
}
