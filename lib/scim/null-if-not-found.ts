import { isScimError } from "@/lib/scim/errors";

/** Waits for a lookup; null when the server has no such resource. @throws every other error of the lookup */
export async function nullIfNotFound<T>(lookup: Promise<T>): Promise<T | null> {
  try {
    return await lookup;
  } catch (error) {
    if (isScimError(error) && error.kind === "not-found") return null;
    throw error;
  }
}
