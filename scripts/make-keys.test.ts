import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { keyFiles, loadSealerKeys, loadWebKeys, loadWorkerKeys } from "@/lib/crypto/key-files";
import { openToken } from "@/lib/crypto/open";
import { sealToken } from "@/lib/crypto/seal";
import { Secret } from "@/lib/crypto/secret";
import { signBytes, verifyBytes } from "@/lib/crypto/signing";
import { makeKeys } from "./make-keys";

let parent: string;
let dir: string;

beforeEach(async () => {
  parent = await mkdtemp(path.join(tmpdir(), "rollcall-keys-"));
  dir = path.join(parent, "keys");
});

afterEach(() => rm(parent, { recursive: true }));

async function readAll(): Promise<string[]> {
  const names = Object.values(keyFiles).flatMap((folder) => Object.values(folder));
  return Promise.all(names.map((name) => readFile(path.join(dir, name), "utf8")));
}

test("with new keys, a worker opens what the web process seals, and the sealer's signature is valid", async () => {
  await makeKeys(dir);
  const [web, worker, sealer] = [loadWebKeys(dir), loadWorkerKeys(dir), loadSealerKeys(dir)];
  const binding = { tenantId: "a", credentialId: "b" };
  const sealed = await sealToken(web.sealingPublicKey, new Secret("token"), binding);
  expect((await openToken(worker.openingKeyring, sealed, binding)).reveal()).toBe("token");
  const signature = signBytes(sealer.auditPrivateKey, Buffer.from("seal"));
  expect(verifyBytes(web.auditPublicKey, Buffer.from("seal"), signature)).toBe(true);
  const passwords = [web, worker, sealer].map(({ databasePassword }) => databasePassword.reveal());
  expect(new Set(passwords).size).toBe(3);
});

test("other users of the machine cannot read the new files", async () => {
  const outcomes = await makeKeys(dir);
  const modes = async (files: string[]) =>
    Promise.all(files.map(async (file) => (await stat(file)).mode & 0o777));
  expect(new Set(await modes(outcomes.map(({ file }) => file)))).toEqual(new Set([0o600]));
  const folders = ["", "web", "worker", "sealer"].map((folder) => path.join(dir, folder));
  expect(new Set(await modes(folders))).toEqual(new Set([0o700]));
});

test("an existing file is kept, and a missing public key is computed from its private one", async () => {
  expect((await makeKeys(dir)).every(({ isNew }) => isNew)).toBe(true);
  const before = await readAll();
  await rm(path.join(dir, keyFiles.web.sealing));
  await rm(path.join(dir, keyFiles.sealer.audit));
  const made = (await makeKeys(dir)).filter(({ isNew }) => isNew).map(({ file }) => path.relative(dir, file));
  expect(made).toEqual([keyFiles.sealer.audit, keyFiles.web.sealing]);
  expect(await readAll()).toEqual(before);
});

test("a lost private key is reported instead of replaced, and nothing is written", async () => {
  await makeKeys(dir);
  const privateFile = path.join(dir, keyFiles.worker.sealing);
  await rm(privateFile);
  await rm(path.join(dir, keyFiles.web.session));
  await expect(makeKeys(dir)).rejects.toThrow(privateFile);
  await expect(stat(path.join(dir, keyFiles.web.session))).rejects.toThrow("ENOENT");
});

test("a damaged private key is reported instead of replaced", async () => {
  await makeKeys(dir);
  await writeFile(path.join(dir, keyFiles.sealer.signing), "{}");
  await expect(makeKeys(dir)).rejects.toMatchObject({ name: "KeyFileError", reason: "not-a-key" });
});
