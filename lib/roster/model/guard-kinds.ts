/**
 * protected: held instead of archived. admin: a console admin, whom KnowBe4 does not archive. excluded: Provisioning
 * Managed is false, so nothing is written (KnowBe4 SCIM Configuration Guide).
 */
export const guardKinds = ["protected", "admin", "excluded"] as const;
export type GuardKind = (typeof guardKinds)[number];
