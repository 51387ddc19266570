/** The field of a group that was added, removed or renamed; the row's resource is the group. */
export const GROUP_FIELD = "group";

const PREFIX = "group:";

/**
 * Whether a field is a membership: its row belongs to the person, the field names the group, and the values are the
 * group's name or null.
 */
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

/** One kind for all memberships, whatever their group: they are counted together and left to a tenant together. */
export function kindOf(field: string): string {
  return isMembership(field) ? "membership" : field;
}
