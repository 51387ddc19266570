import "server-only";
import { loadWebKeys, type WebKeys } from "@/lib/crypto/key-files";
import { env } from "@/lib/env";

let loaded: WebKeys | undefined;

/**
 * The keys of this web process, read once.
 * @throws KeyFileError naming the file that is not fit to start with #proxy.ts
 */
export function webKeys(): WebKeys {
  loaded ??= loadWebKeys(env().KEYS_DIR);
  return loaded;
}
