import "server-only";
import type { Transaction } from "@/lib/db/transaction";
import type { AttributeValues } from "@/lib/knowbe4/attributes";

/** What a tenant holds of a person, as its last full read showed it. */
export type StandingPerson = {
  tenantId: string;
  userNameKey: string;
  userName: string;
  attributes: AttributeValues;
  /** Names of the person's groups. */
  groups: string[];
};

/** Finds people by tenant and address. Of two accounts with one address the active one comes last. */
export function readStanding(
  tx: Transaction,
  people: readonly { tenantId: string; userNameKey: string }[],
): Promise<StandingPerson[]> {
  return tx.$queryRaw<StandingPerson[]>`
    SELECT u.tenant_id AS "tenantId", u.user_name_key AS "userNameKey", u.user_name AS "userName", u.attributes,
           ARRAY(SELECT g.display_name FROM directory_membership m JOIN directory_group g
                   ON g.tenant_id = m.tenant_id AND g.resource_id = m.group_resource_id
                  WHERE m.tenant_id = u.tenant_id AND m.user_resource_id = u.resource_id) AS groups
      FROM unnest(${people.map(({ tenantId }) => tenantId)}::uuid[],
                  ${people.map(({ userNameKey }) => userNameKey)}::text[]) AS asked (tenant_id, user_name_key)
      JOIN directory_user u ON u.tenant_id = asked.tenant_id AND u.user_name_key = asked.user_name_key
     ORDER BY u.active, u.resource_id`;
}
