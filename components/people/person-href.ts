/** An account: a tenant and the ID that the tenant gave it. */
export type AccountRef = { tenantId: string; resourceId: string };

/** KnowBe4 chooses resource IDs, so they are encoded in every URL. */
export function personHref({ tenantId, resourceId }: AccountRef): string {
  return `/people/${tenantId}/${encodeURIComponent(resourceId)}`;
}

/** The new-change page of a kind, with this person chosen. */
export function newChangeHref(kind: "update" | "offboard" | "restore", account: AccountRef): string {
  return `/changes/new/${kind}?${new URLSearchParams({ tenant: account.tenantId, person: account.resourceId })}`;
}

/** A decoded part of the path; text that is not encoded is returned unchanged. */
export function decodePathPart(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
