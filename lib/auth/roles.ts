/** owner: everything. technician: the granted tenants. auditor: reads everything, changes nothing. */
export const roles = ["owner", "technician", "auditor"] as const;

export type Role = (typeof roles)[number];

export function isRole(text: string): text is Role {
  return roles.some((role) => role === text);
}
