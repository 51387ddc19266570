import { SealBrokenError } from "@/lib/crypto/seal-broken-error";

/** The owner of a token: the ids of the tenant and of the row that holds the sealed text. */
export interface TokenBinding {
  readonly tenantId: string;
  readonly credentialId: string;
}

/**
 * The text that a sealed token is bound to. It is authenticated, so a sealed token opens only for this tenant and
 * row: one copied into another tenant's row would send that tenant's people elsewhere.
 * @throws SealBrokenError "binding" for an id with a character that could pass for the bars between the parts.
 */
export function toBindingText({ tenantId, credentialId }: TokenBinding): string {
  const idPattern = /^[\w-]{1,64}$/;
  if (!idPattern.test(tenantId) || !idPattern.test(credentialId)) throw new SealBrokenError("binding");
  return `rollcall1|tenant:${tenantId}|scim-token|${credentialId}`;
}
