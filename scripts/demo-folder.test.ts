import { spawn } from "node:child_process";
import fs from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openDemoFolder } from "./demo-folder";

let root: string;

beforeEach(async () => {
  root = await fs.mkdtemp(path.join(os.tmpdir(), "rollcall-demo-folder-"));
});

afterEach(() => fs.rm(root, { recursive: true }));

test("a reset deletes only what the demo made, and picks new ports", async () => {
  const first = await openDemoFolder(root, { reset: false });
  await first.release();
  await fs.writeFile(first.operators, "[]");
  await fs.writeFile(path.join(root, "mine.txt"), "mine");
  const again = await openDemoFolder(root, { reset: false });
  expect(again.simulatorPort).toBe(first.simulatorPort);
  await again.release();
  expect(await fs.readFile(first.operators, "utf8")).toBe("[]");
  await (await openDemoFolder(root, { reset: true })).release();
  expect((await fs.readdir(root)).sort()).toEqual(["demo.json", "logs", "mine.txt"]);
});

test.each([true, false])("another's folder is not touched (reset: %s)", async (reset) => {
  await fs.mkdir(path.join(root, "keys"));
  await fs.writeFile(path.join(root, "keys", "precious"), "x");
  await expect(openDemoFolder(root, { reset })).rejects.toThrow(/not made by the demo.*--data/);
  expect(await fs.readdir(root)).toEqual(["keys"]);
  expect(await fs.readdir(path.join(root, "keys"))).toEqual(["precious"]);
});

test("a second demo is refused until the first has ended, also after a kill", async () => {
  const holder = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)", "scripts/demo.ts"]);
  await fs.writeFile(path.join(root, "demo.pid"), `${holder.pid}\n`);
  try {
    const message = new RegExp(`already running as process ${holder.pid}.*--data`);
    await expect(openDemoFolder(root, { reset: true })).rejects.toThrow(message);
  } finally {
    holder.kill("SIGKILL");
    await new Promise((resolve) => holder.once("exit", resolve));
  }
  await (await openDemoFolder(root, { reset: false })).release();
});
