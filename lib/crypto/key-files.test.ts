import { chmod, mkdtemp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { inspect } from "node:util";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { KeyFileError } from "@/lib/crypto/key-file-error";
import { keyFiles, loadSealerKeys, loadWebKeys, loadWorkerKeys } from "@/lib/crypto/key-files";
import { generateOkpPrivateJwk, toPublicJwk } from "@/lib/crypto/okp-jwk";

const sealing = generateOkpPrivateJwk("X25519");
const signing = generateOkpPrivateJwk("Ed25519");
const secret = "sUjE3Vn2b0cRkq1m9dXyZw5t7aLhGfPoNiQ4e8WxYzA";
const password = "p".repeat(24);
let dir: string;

async function write(name: string, content: unknown): Promise<string> {
  const file = path.join(dir, name);
  await writeFile(file, `${typeof content === "string" ? content : JSON.stringify(content)}\n`, {
    mode: 0o600,
  });
  return file;
}

function withPrivatePart(jwk: { d: string }): object {
  return { ...jwk, d: jwk.d };
}

beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), "rollcall-keys-"));
  for (const folder of Object.keys(keyFiles)) await mkdir(path.join(dir, folder));
  await write(keyFiles.web.session, secret);
  await write(keyFiles.web.fingerprint, secret);
  await write(keyFiles.web.sealing, toPublicJwk(sealing));
  await write(keyFiles.web.audit, toPublicJwk(signing));
  await write(keyFiles.worker.sealing, withPrivatePart(sealing));
  await write(keyFiles.sealer.signing, withPrivatePart(signing));
  await write(keyFiles.sealer.audit, toPublicJwk(signing));
  for (const { password: name } of Object.values(keyFiles)) await write(name, password);
});

afterEach(() => rm(dir, { recursive: true }));

function load(): unknown[] {
  return [loadWebKeys(dir), loadWorkerKeys(dir), loadSealerKeys(dir)];
}

const everyFile = Object.values(keyFiles).flatMap((folder) => Object.values(folder));

describe("key files", () => {
  test("give each process only the keys in its own folder", async () => {
    expect(loadWebKeys(dir).sessionSecret.reveal()).toBe(secret);
    expect(loadWebKeys(dir).fingerprintKey).toHaveLength(32);
    await rm(path.join(dir, "sealer"), { recursive: true });
    await rm(path.join(dir, "web"), { recursive: true });
    expect(loadWorkerKeys(dir).openingKeyring.get(sealing.kid)?.d).toBe(sealing.d);
    expect(loadWorkerKeys(dir).databasePassword.reveal()).toBe(password);
  });

  test("show none of their content when the loaded keys are logged or written as JSON", () => {
    for (const shown of [inspect(load(), { depth: 9 }), JSON.stringify(load())]) {
      for (const hidden of [secret, password, sealing.d, signing.d]) expect(shown).not.toContain(hidden);
      expect(shown).not.toContain("fingerprintKey");
    }
  });

  test.each(everyFile)("stop the process when %s is missing", async (name) => {
    await rm(path.join(dir, name));
    expectRefused(name, "missing");
  });

  test.each(["0644", "0640", "0660", "0700", "0604"])(
    "stop the process when one has mode %s",
    async (mode) => {
      for (const name of everyFile) {
        await chmod(path.join(dir, name), Number.parseInt(mode, 8));
        expectRefused(name, "exposed", mode);
        await chmod(path.join(dir, name), 0o400);
      }
    },
  );

  test.each([
    [keyFiles.web.session, "example", "change-me-change-me-change-me-change-me-123"],
    [keyFiles.web.session, "example", "ExampleExampleExampleExampleExampleExample1"],
    [keyFiles.web.session, "not-a-key", secret.slice(2)],
    [keyFiles.web.session, "not-a-key", ""],
    [keyFiles.web.session, "not-a-key", `${secret.slice(0, -1)}=`],
    [keyFiles.web.fingerprint, "not-a-key", Buffer.alloc(31, 5).toString("base64url")],
    [keyFiles.web.password, "not-a-key", "p".repeat(23)],
    [keyFiles.worker.password, "example", "change_this_password_please"],
    [keyFiles.sealer.password, "not-a-key", `${password} ${password}`],
    [keyFiles.web.sealing, "not-a-key", "{"],
    [keyFiles.web.sealing, "not-a-key", "[]"],
    [keyFiles.web.sealing, "not-a-key", toPublicJwk(signing)],
    [keyFiles.web.sealing, "not-a-key", { ...toPublicJwk(sealing), x: sealing.x.slice(1) }],
    [keyFiles.web.sealing, "wrong", { ...toPublicJwk(sealing), kid: "main" }],
    [keyFiles.web.sealing, "wrong", withPrivatePart(sealing)],
    [keyFiles.web.audit, "wrong", withPrivatePart(signing)],
    [keyFiles.worker.sealing, "wrong", toPublicJwk(sealing)],
    [keyFiles.sealer.signing, "wrong", { ...signing, d: generateOkpPrivateJwk("Ed25519").d }],
    [keyFiles.worker.sealing, "wrong", withPrivatePart(generateOkpPrivateJwk("X25519"))],
    [keyFiles.worker.sealing, "not-a-key", { keys: [] }],
    [keyFiles.sealer.signing, "not-a-key", { keys: [withPrivatePart(signing)] }],
    [keyFiles.sealer.audit, "wrong", toPublicJwk(generateOkpPrivateJwk("Ed25519"))],
  ] as const)("stop the process when %s is %s (%j)", async (name, reason, content) => {
    await write(name, content);
    expectRefused(name, reason);
  });

  test.each([
    [keyFiles.web.sealing, "X25519", "hSDwCYkwp1R0i33ctD73Wg2_Og0mOBr066SpjqqbTmo"],
    [keyFiles.web.sealing, "X25519", "3p7bfXt9wbTTW2HC7OQ1Nz-DQ8hbeGdNrfx-FG-IK08"],
    [keyFiles.web.audit, "Ed25519", "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"],
  ])("stop the process when %s is an example key from a standard", async (name, crv, x) => {
    await write(name, { kty: "OKP", crv, x });
    expectRefused(name, "example");
  });

  test("stop the process when the private key is an example from a standard", async () => {
    const [x, d] = [
      "3p7bfXt9wbTTW2HC7OQ1Nz-DQ8hbeGdNrfx-FG-IK08",
      "XasIfmJKikt54X-Lg4AO5m87sSkmGLb9HC-LJ_-I4Os",
    ];
    await write(keyFiles.worker.sealing, {
      keys: [withPrivatePart(sealing), { kty: "OKP", crv: "X25519", x, d }],
    });
    expectRefused(keyFiles.worker.sealing, "example");
  });

  test("keep earlier sealing keys for older tokens, the active one first", async () => {
    const later = generateOkpPrivateJwk("X25519");
    await write(keyFiles.worker.sealing, { keys: [later, sealing].map(withPrivatePart) });
    await write(keyFiles.web.sealing, toPublicJwk(later));
    expect([...loadWorkerKeys(dir).openingKeyring.keys()]).toEqual([later.kid, sealing.kid]);
  });

  function expectRefused(name: string, reason: string, detail = ""): void {
    let refused: unknown;
    try {
      load();
    } catch (error) {
      refused = error;
    }
    expect(refused).toBeInstanceOf(KeyFileError);
    expect(refused).toMatchObject({ reason, file: path.join(dir, name), name: "KeyFileError" });
    const { message } = refused as KeyFileError;
    for (const part of [path.join(dir, name), "npm run keys", detail]) expect(message).toContain(part);
    for (const hidden of [secret, password, sealing.d, signing.d]) expect(message).not.toContain(hidden);
  }
});

test("a key file's content is not quoted when it cannot be read as a key", async () => {
  const file = await write(keyFiles.worker.sealing, `{"d": canary-${sealing.d}`);
  expect(await readFile(file, "utf8")).toContain("canary");
  expect(() => loadWorkerKeys(dir)).toThrow(
    expect.objectContaining({ stack: expect.not.stringContaining("canary") }),
  );
});
