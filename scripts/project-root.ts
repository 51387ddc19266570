import path from "node:path";
import { fileURLToPath } from "node:url";

/** The folder that holds package.json, whatever folder a command was started from. */
export const projectRoot = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
