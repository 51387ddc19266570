import { afterAll } from "vitest";

/** The next file may run in the same process, and has a database and keys of its own. */
const before = { ...process.env };

afterAll(() => {
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
  Object.assign(process.env, before);
});
