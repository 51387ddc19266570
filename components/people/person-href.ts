/** Which account of a person: a tenant and the id that the tenant gave it. */
export type AccountRef = { tenantId: string; resourceId: string };

/** A resource id is whatever KnowBe4 made up, so it is encoded wherever it stands in an address. */
export function personHref({ tenantId, resourceId }: AccountRef): string {
  return `/people/${tenantId}/${encodeURIComponent(resourceId)}`;
}

/** The page where a change of one kind begins, with this person chosen. */
export function newChangeHref(kind: "update" | "offboard" | "restore", account: AccountRef): string {
  return `/changes/new/${kind}?${new URLSearchParams({ tenant: account.tenantId, person: account.resourceId })}`;
}

/** A part of the path as it was before it was encoded; text that is no encoding is taken as it is. */
export function decodePathPart(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
