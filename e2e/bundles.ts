import fs from "node:fs";
import path from "node:path";

/** Everything that the build made, for the browser and the server, as one text. */
export function readBundles(): string {
  const folder = path.resolve(import.meta.dirname, "../.next");
  return ["static", "server"]
    .flatMap((name) => fs.readdirSync(path.join(folder, name), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => fs.readFileSync(path.join(entry.parentPath, entry.name), "utf8"))
    .join("\n");
}
