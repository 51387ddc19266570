import path from "node:path";

/** The folder that holds package.json, wherever a command was started. */
export const projectRoot = path.resolve(import.meta.dirname, "../..");
