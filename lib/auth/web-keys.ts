import "server-only";
import { loadWebKeys, type WebKeys } from "@/lib/crypto/key-files";
import { env } from "@/lib/env";

let loaded: { dir: string; keys: WebKeys } | undefined;

/**
 * The keys of this web process, read once from KEYS_DIR.
 * @throws KeyFileError naming the file that is not fit to start with
 */
export function webKeys(): WebKeys {
  const dir = env().KEYS_DIR;
  if (loaded?.dir !== dir) loaded = { dir, keys: loadWebKeys(dir) };
  return loaded.keys;
}
