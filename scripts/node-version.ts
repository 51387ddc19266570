import fs from "node:fs/promises";
import path from "node:path";
import { LaunchError } from "./process/launch-error";
import { projectRoot } from "./process/project-root";

/** @throws LaunchError when this Node is older than package.json's engines require */
export async function checkNodeVersion(running: string = process.versions.node): Promise<void> {
  const manifest = await fs.readFile(path.join(projectRoot, "package.json"), "utf8");
  const { engines }: { engines: { node: string } } = JSON.parse(manifest);
  const required = engines.node.replace(/^\D+/, "");
  if (toNumbers(running).localeCompare(toNumbers(required), "en", { numeric: true }) >= 0) return;
  throw new LaunchError(
    `This is Node ${running}, and Rollcall needs ${required} or newer. Nothing was started. ` +
      "On Linux `npm ci` installs one; elsewhere install a newer Node.",
  );
}

/** Without a suffix such as "-nightly", which would compare as part of the patch. */
function toNumbers(version: string): string {
  return version.split("-")[0] ?? version;
}
