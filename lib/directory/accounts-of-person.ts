import "server-only";
import { Prisma } from "@/lib/db/transaction";

export type PersonKeys = {
  /** Addresses as userNameKey gives them. */
  keys: readonly string[];
  externalIds: readonly string[];
};

/**
 * Selects the accounts (tenant_id, resource_id) that share an address or an external id with the given ones. One
 * branch for each index: an OR over both columns reads the mirror of every tenant.
 */
export function accountsOfPerson({ keys, externalIds }: PersonKeys): Prisma.Sql {
  return Prisma.sql`
    SELECT tenant_id, resource_id FROM directory_user WHERE user_name_key = ANY (${[...keys]}::text[])
    UNION
    SELECT tenant_id, resource_id FROM directory_user WHERE external_id = ANY (${[...externalIds]}::text[])`;
}
