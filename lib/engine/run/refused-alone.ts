import type { KnowBe4Client } from "@/lib/knowbe4/client";
import { isScimError } from "@/lib/scim/errors";
import type { ScimContext } from "@/lib/scim/exchange";

/**
 * Whether an error is a 403 about one resource only. RFC 7644 section 3.12 uses 403 for an operation that is not
 * permitted, and servers use it for a rejected token too; a read with the same token tells which it was.
 * @throws ScimError what that read ended with, which is about the tenant.
 */
export async function isRefusedAlone(
  client: KnowBe4Client,
  error: unknown,
  context: ScimContext,
): Promise<boolean> {
  if (!isScimError(error) || error.kind !== "auth" || error.status !== 403) return false;
  await client.checkToken(context);
  return true;
}
