import crypto from "node:crypto";
import fs from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { LaunchError } from "../process/launch-error";

const settingsSchema = z.object({
  /** null until the first start picks one. */
  port: z.int().positive().nullable(),
  superuserPassword: z.string().min(1),
  ownerPassword: z.string().min(1),
});

/** The settings to start an embedded cluster again; stored beside it, readable only by the user who starts it. */
export type PostgresSettings = z.infer<typeof settingsSchema>;

/** Reads the settings in `dataDir`, or creates them with new random passwords. */
export async function loadPostgresSettings(dataDir: string): Promise<PostgresSettings> {
  const file = settingsFile(dataDir);
  const text = await fs.readFile(file, "utf8").catch(() => null);
  if (text !== null) return parseSettings(text, file);
  const password = () => crypto.randomBytes(24).toString("base64url");
  const settings = { port: null, superuserPassword: password(), ownerPassword: password() };
  await savePostgresSettings(dataDir, settings);
  return settings;
}

/** Replaces the file in one step: a half-written one would lock its owner out of the cluster. */
export async function savePostgresSettings(dataDir: string, settings: PostgresSettings): Promise<void> {
  const file = settingsFile(dataDir);
  const draft = `${file}.${process.pid}`;
  await fs.writeFile(draft, `${JSON.stringify(settings, null, 2)}\n`, { mode: 0o600 });
  await fs.rename(draft, file);
}

function settingsFile(dataDir: string): string {
  return path.join(dataDir, "settings.json");
}

function parseSettings(text: string, file: string): PostgresSettings {
  try {
    return settingsSchema.parse(JSON.parse(text));
  } catch {
    throw new LaunchError(
      `${file} is damaged, so the embedded database cannot be opened. ` +
        "Start fresh with `npm run demo -- --reset`; that deletes the data.",
    );
  }
}
