/** What the reading calls a group that came, went or was renamed; the row's resource is the group. */
export const GROUP_FIELD = "group";

const PREFIX = "group:";

/** A membership is a row of the person, whose field names the group and whose values are the group's name or nothing. */
export function isMembership(field: string): boolean {
  return field.startsWith(PREFIX);
}

/** The group of a membership, or null for another field. */
export function groupIdOf(field: string): string | null {
  return isMembership(field) ? field.slice(PREFIX.length) : null;
}

export function toMembershipField(groupId: string): string {
  return PREFIX + groupId;
}

/** One word for all memberships, whatever their group: they are left to a tenant, and counted, together. */
export function kindOf(field: string): string {
  return isMembership(field) ? "membership" : field;
}
