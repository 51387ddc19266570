import { toSearchWords, toSortKey } from "@/lib/directory/search-words";
import { userNameKey } from "@/lib/knowbe4/user-name-key";

export type MirroredPerson = {
  resourceId: string;
  displayName: string;
  userName: string;
  active?: boolean;
  attributes?: Record<string, string>;
};

type Query = (sql: string, values?: unknown[]) => Promise<unknown>;

/** Writes people to a tenant's mirror as a reading would have. */
export async function mirrorPeople(
  query: Query,
  { tenantId, people }: { tenantId: string; people: readonly MirroredPerson[] },
): Promise<void> {
  const rows = people.map(({ displayName, userName, active = true, attributes = {}, resourceId }) => ({
    resource_id: resourceId,
    user_name: userName,
    user_name_key: userNameKey(userName),
    display_name: displayName,
    active,
    attributes,
    sort_key: toSortKey(displayName),
    words: toSearchWords({ displayName, userName, ...attributes }),
  }));
  await query(
    `INSERT INTO directory_user (tenant_id, resource_id, user_name, user_name_key, display_name, active, attributes, sort_key, words, seen_at)
     SELECT $1, r.resource_id, r.user_name, r.user_name_key, r.display_name, r.active, r.attributes, r.sort_key, r.words, now()
       FROM jsonb_to_recordset($2::jsonb) AS r(resource_id text, user_name text, user_name_key text, display_name text,
            active boolean, attributes jsonb, sort_key text, words text)`,
    [tenantId, JSON.stringify(rows)],
  );
}
