import { environmentSchema } from "@/lib/env";

/** System variables that a program needs: paths, language, trusted certificates. */
const SYSTEM = [
  "PATH",
  "HOME",
  "USER",
  "LANG",
  "LC_ALL",
  "TZ",
  "TMPDIR",
  "TEMP",
  "TMP",
  "SystemRoot",
  "APPDATA",
];
const TRUST = ["NODE_OPTIONS", "NODE_EXTRA_CA_CERTS", "SSL_CERT_FILE", "SSL_CERT_DIR"];

/**
 * The environment of a child: the system's variables, Rollcall's own settings, and `own` on top. Other variables of
 * ours, such as the owner's database URL under another name or a cloud's credentials, are not passed on.
 */
export function childEnvironment(own: Record<string, string>): NodeJS.ProcessEnv {
  const settings = Object.keys(environmentSchema.shape).filter((name) => name !== "DATABASE_URL");
  const kept = [...SYSTEM, ...TRUST, ...settings].flatMap((name) => {
    const value = process.env[name];
    return value ? [[name, value]] : [];
  });
  return { NODE_ENV: "production", ...Object.fromEntries(kept), ...own };
}
