import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { roleUrl } from "./role-url";

const PASSWORD = "p@ss/w:rd?with#every%trap";
const OWNER_URL = "postgresql://rollcall_owner:s3cret%2F@db.example:6432/roll?sslmode=verify-full";

let keysDir: string;

beforeAll(() => {
  keysDir = fs.mkdtempSync(path.join(os.tmpdir(), "rollcall-role-url-"));
  fs.mkdirSync(path.join(keysDir, "web"));
  fs.writeFileSync(path.join(keysDir, "web", "database.password"), `${PASSWORD}\n`, { mode: 0o600 });
});

afterAll(() => fs.rmSync(keysDir, { recursive: true }));

test("a process's URL keeps the database's place and drops the owner's credentials", () => {
  const url = new URL(roleUrl(OWNER_URL, "web", keysDir));
  expect(url.username).toBe("rollcall_web");
  expect(decodeURIComponent(url.password)).toBe(PASSWORD);
  expect(url.host).toBe("db.example:6432");
  expect(url.pathname).toBe("/roll");
  expect(url.search).toBe("?sslmode=verify-full");
  expect(url.href).not.toContain("rollcall_owner");
  expect(url.href).not.toContain("s3cret");
});

test("a missing password names the file and the command that makes it", () => {
  expect(() => roleUrl(OWNER_URL, "sealer", keysDir)).toThrow(/sealer.database\.password.*npm run keys/);
});
