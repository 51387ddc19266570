import path from "node:path";

/** The folder that holds package.json, whatever folder a command was started from. */
export const projectRoot = path.resolve(import.meta.dirname, "../..");
