import { randomBytes } from "node:crypto";
import { access, mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { KeyFileError } from "@/lib/crypto/key-file-error";
import { keyFiles } from "@/lib/crypto/key-files";
import { readPrivateJwks } from "@/lib/crypto/key-jwk";
import { generateOkpPrivateJwk, toPublicJwk, type OkpCurve, type OkpPrivateJwk } from "@/lib/crypto/okp-jwk";

/** One key file, and whether this call created it or found it. */
export interface KeyFileOutcome {
  readonly file: string;
  readonly purpose: string;
  readonly isNew: boolean;
}

/**
 * Creates every missing key file, with mode 0600 in folders of mode 0700. An existing file is kept: a lost private key
 * costs every token that was sealed to it. A missing public key is computed from its private one.
 * @param dir KEYS_DIR.
 * @returns every key file, in the order of the folders worker, sealer, web.
 * @throws KeyFileError, before anything is written, when a private key is missing but its public one exists, or when an
 * existing private key is not fit to use.
 */
export async function makeKeys(dir: string): Promise<KeyFileOutcome[]> {
  const { web, worker, sealer } = keyFiles;
  const sealing = await findPrivateKey(dir, "X25519", worker.sealing, [web.sealing]);
  const signing = await findPrivateKey(dir, "Ed25519", sealer.signing, [web.audit, sealer.audit]);
  // A private key before its public one: the next call can then complete an interrupted one.
  const files: [file: string, content: string, purpose: string][] = [
    [
      worker.sealing,
      toJson({ ...sealing, d: sealing.d }),
      "opens tenant tokens; back it up, apart from the database",
    ],
    [worker.password, randomText(24), "the worker's database password"],
    [sealer.signing, toJson({ ...signing, d: signing.d }), "signs seals of the audit log"],
    [sealer.audit, toJson(toPublicJwk(signing)), "verifies seals of the audit log"],
    [sealer.password, randomText(24), "the sealer's database password"],
    [web.session, randomText(32), "encrypts the session cookie"],
    [web.sealing, toJson(toPublicJwk(sealing)), "seals tenant tokens; it cannot open them"],
    [web.fingerprint, randomText(32), "turns tokens into the fingerprints that pages show"],
    [web.audit, toJson(toPublicJwk(signing)), "verifies seals of the audit log"],
    [web.password, randomText(24), "the web process's database password"],
  ];
  const outcomes: KeyFileOutcome[] = [];
  for (const [name, content, purpose] of files) {
    const file = path.join(dir, name);
    outcomes.push({ file, purpose, isNew: await writeIfMissing(file, content) });
  }
  return outcomes;
}

/** The private key in use, or a new one if neither half exists yet. */
async function findPrivateKey<Curve extends OkpCurve>(
  dir: string,
  curve: Curve,
  privateName: string,
  publicNames: readonly string[],
): Promise<OkpPrivateJwk<Curve>> {
  const file = path.join(dir, privateName);
  if (await exists(file)) {
    const [active] = readPrivateJwks(file, curve).values();
    if (active !== undefined) return active;
  }
  for (const publicName of publicNames) {
    const publicFile = path.join(dir, publicName);
    // A new private key would not match the public one, and would hide that the old one is lost.
    if (await exists(publicFile))
      throw new KeyFileError(publicFile, "wrong", `has no private half: ${file} is missing`);
  }
  return generateOkpPrivateJwk(curve);
}

/** Exclusive creation decides, not an earlier check, so that two calls at once cannot overwrite each other. */
async function writeIfMissing(file: string, content: string): Promise<boolean> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  try {
    await writeFile(file, `${content}\n`, { flag: "wx", mode: 0o600 });
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

function randomText(bytes: number): string {
  return randomBytes(bytes).toString("base64url");
}

function toJson(value: object): string {
  return JSON.stringify(value, null, 2);
}
