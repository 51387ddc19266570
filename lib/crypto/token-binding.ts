import { SealBrokenError } from "@/lib/crypto/seal-broken-error";

/** Whose token it is: the ids of the tenant and of the row that holds the sealed text. */
export interface TokenBinding {
  readonly tenantId: string;
  readonly credentialId: string;
}

/**
 * The text that a sealed token is bound to. It is authenticated, so a sealed token opens for this tenant and
 * this row alone: one copied into another tenant's row would send that tenant's people elsewhere.
 * @throws SealBrokenError "binding" for an id with a sign that could stand for the bars between the parts.
 */
export function toBindingText({ tenantId, credentialId }: TokenBinding): string {
  const idPattern = /^[\w-]{1,64}$/;
  if (!idPattern.test(tenantId) || !idPattern.test(credentialId)) throw new SealBrokenError("binding");
  return `rollcall1|tenant:${tenantId}|scim-token|${credentialId}`;
}
