import pg from "pg";
import { toSearchWords } from "@/lib/directory/search-words";

/** The sizes of a database under measurement. */
export type Filling = { tenants: number; people: number; events: number };

/** One person in a hundred has each given name, one in two hundred each family name: a realistic variety. */
const GIVEN_HEADS = "An Be Ca Da El Fa Ga Ha Il Jo Ka Le Mi No Ol Pa Ro Sa Te Vi".split(" ");
const GIVEN_TAILS = ["bel", "da", "kim", "lo", "na"];
const FAMILY_HEADS = "Ad Bar Cal Dor Eng Fal Gar Hol Ivan Jor Kel Lam Mor Nel Ost Pat Quin Ros Sal Tor".split(
  " ",
);
const FAMILY_TAILS = ["berg", "el", "er", "ini", "man", "ov", "sen", "son", "ton", "wood"];
const TITLES = [
  "Analyst",
  "Compliance Officer",
  "Engineer",
  "Nurse",
  "Account Manager",
  "Site Lead",
  "Clerk",
  "Driver",
];
const GROUPS = ["All staff", "Finance", "Sales", "Nursing", "Operations", "Legal", "IT", "Reception"];

/** The share of archived people, one in so many; and of the people whom a filter of the bench finds. */
const ARCHIVED_ONE_IN = 16;
const REPEAT_CLICKERS_ONE_IN = 1_000;

/**
 * Fills a migrated database as fast as PostgreSQL allows: as its owner, with statements that run on the server, and
 * with the search words of people written once in key order. The audit log's chain is not valid; nothing here verifies
 * it.
 * @throws Error if the words differ from those that the code would have written
 */
export async function fillDatabase(ownerUrl: string, { tenants, people, events }: Filling): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query(
      "SELECT set_config('app.all', 'on', false), set_config('maintenance_work_mem', '512MB', false)",
    );
    await fillTenants(client, tenants, Math.ceil(people / tenants));
    await fillPeople(client, tenants, people);
    await fillEvents(client, events);
    await client.query("VACUUM ANALYZE");
    await checkWords(client);
  } finally {
    await client.end();
  }
}

/** All tenants are healthy except one in a hundred, which is quarantined, and as many whose last read failed. */
async function fillTenants(client: pg.Client, tenants: number, people: number): Promise<void> {
  await client.query(
    `INSERT INTO tenant (id, name, tenant_url, mode, state, reason, reason_at, domains, read_id)
     SELECT md5('tenant ' || n)::uuid, ($2::text[])[n % 20 + 1] || ($3::text[])[n / 20 % 10 + 1] || ' & Partners ' || n, 'https://t' || n || '.example',
            'source', CASE WHEN n % 100 = 7 THEN 'quarantined' ELSE 'healthy' END, CASE WHEN n % 100 = 7 THEN 'token-rejected' END,
            CASE WHEN n % 100 = 7 THEN now() END, ARRAY['t' || n || '.example'], md5('read ' || n)::uuid
       FROM generate_series(0, $1::int - 1) n`,
    [tenants, FAMILY_HEADS, FAMILY_TAILS],
  );
  await client.query(
    `INSERT INTO directory_read (id, tenant_id, state, reason, requested_by, requested_at, finished_at, users, active)
     SELECT md5('read ' || n)::uuid, md5('tenant ' || n)::uuid, 'complete', NULL, 'bench', now() - interval '1 hour', now() - interval '1 hour',
            $2::int, $2 - $2 / $3::int FROM generate_series(0, $1::int - 1) n
      UNION ALL
     SELECT gen_random_uuid(), md5('tenant ' || n)::uuid, 'failed', 'timeout', 'bench', now(), now(), 0, 0
       FROM generate_series(0, $1::int - 1) n WHERE n % 100 = 9`,
    [tenants, people, ARCHIVED_ONE_IN],
  );
}

async function fillPeople(client: pg.Client, tenants: number, people: number): Promise<void> {
  await client.query("ALTER TABLE directory_user DISABLE TRIGGER USER");
  await withoutIndexes(client, ["directory_user", "directory_membership"], async () => {
    await client.query(
      `INSERT INTO directory_user (tenant_id, resource_id, user_name, user_name_key, display_name, active, attributes, sort_key, words, seen_at)
       SELECT md5('tenant ' || n % $2::int)::uuid, md5('person ' || n), address, address, name, n / $2 % $3::int > 0,
              jsonb_build_object('userName', address, 'title', title, 'department', department, 'employeeNumber', 'E' || n, 'externalId', 'emp-' || n),
              lower(name), lower(concat_ws(' ', '', address, 't' || n % $2 || '.example', family || n, title, 'e' || n, 'emp-' || n, n, '')), now()
         FROM generate_series(1001, $1::int + 1000) n,
              LATERAL (SELECT abs(hashint4(n)) AS g, abs(hashint4(n + 1)) AS f, abs(hashint4(n + 2)) AS t) hashed,
              LATERAL (SELECT ($4::text[])[g % 20 + 1] || ($5::text[])[g / 20 % 5 + 1] AS given,
                              ($6::text[])[f % 20 + 1] || ($7::text[])[f / 20 % 10 + 1] AS family,
                              ($8::text[])[t % 8 + 1] AS title, ($9::text[])[t / 8 % 7 + 2] AS department) picked,
              LATERAL (SELECT given || ' ' || family AS name, lower(given || '.' || family || n || '@t' || n % $2 || '.example') AS address) named
        ORDER BY 1, 2`,
      [
        people,
        tenants,
        ARCHIVED_ONE_IN,
        GIVEN_HEADS,
        GIVEN_TAILS,
        FAMILY_HEADS,
        FAMILY_TAILS,
        TITLES,
        GROUPS,
      ],
    );
    await client.query(
      `INSERT INTO directory_membership (tenant_id, group_resource_id, user_resource_id)
       SELECT u.tenant_id, u.attributes ->> 'department', u.resource_id FROM directory_user u
        UNION ALL SELECT u.tenant_id, 'Repeat clickers', u.resource_id FROM directory_user u WHERE abs(hashtext(u.resource_id)) % $1 = 0
        ORDER BY 1, 2, 3`,
      [REPEAT_CLICKERS_ONE_IN],
    );
  });
  await client.query("ALTER TABLE directory_user ENABLE TRIGGER USER");
  await client.query(
    `INSERT INTO directory_word (tenant_id, word, sort_key, resource_id)
     SELECT u.tenant_id, w.word, u.sort_key, u.resource_id
       FROM directory_user u, string_to_table(btrim(u.words), ' ') AS w (word) ORDER BY 1, 2, 3, 4`,
  );
  await client.query(
    `INSERT INTO directory_group (tenant_id, resource_id, display_name, members, seen_at)
     SELECT t.id, g.name, g.name, coalesce(counted.members, 0), now()
       FROM tenant t CROSS JOIN unnest($1::text[] || 'Repeat clickers'::text) AS g (name)
       LEFT JOIN (SELECT tenant_id, group_resource_id, count(*)::int AS members FROM directory_membership GROUP BY 1, 2) AS counted
         ON (counted.tenant_id, counted.group_resource_id) = (t.id, g.name)`,
    [GROUPS],
  );
}

/** Building indexes and foreign keys at the end costs a tenth of maintaining them row by row. */
async function withoutIndexes(
  client: pg.Client,
  tables: readonly string[],
  fill: () => Promise<void>,
): Promise<void> {
  const { rows: indexes } = await client.query<{ name: string; made: string }>(
    `SELECT i.indexrelid::regclass::text AS name, pg_get_indexdef(i.indexrelid) AS made FROM pg_index i
      WHERE i.indrelid = ANY ($1::regclass[]) AND NOT i.indisprimary`,
    [tables],
  );
  const { rows: keys } = await client.query<{ table: string; name: string; made: string }>(
    `SELECT conrelid::regclass::text AS "table", quote_ident(conname) AS name, pg_get_constraintdef(oid) AS made
       FROM pg_constraint WHERE conrelid = ANY ($1::regclass[]) AND contype = 'f'`,
    [tables],
  );
  for (const { name } of indexes) await client.query(`DROP INDEX ${name}`);
  for (const { table, name } of keys) await client.query(`ALTER TABLE ${table} DROP CONSTRAINT ${name}`);
  await fill();
  for (const { made } of indexes) await client.query(made);
  for (const { table, name, made } of keys)
    await client.query(`ALTER TABLE ${table} ADD CONSTRAINT ${name} ${made}`);
}

async function checkWords(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{
    displayName: string;
    userName: string;
    words: string;
    attributes: Record<string, string>;
  }>(
    `SELECT display_name AS "displayName", user_name AS "userName", words, attributes FROM directory_user ORDER BY sort_key LIMIT 20`,
  );
  const toSet = (words: string) => [...new Set(words.trim().split(" "))].toSorted().join(" ");
  for (const { words, attributes, ...person } of rows)
    if (toSet(words) !== toSet(toSearchWords({ ...person, ...attributes })))
      throw new Error(`The bench and the code write different words: ${words}`);
}

/** A year of events up to now, most of them of operations, as a worker and a few operators would have written them. */
async function fillEvents(client: pg.Client, events: number): Promise<void> {
  await client.query("ALTER TABLE event DISABLE TRIGGER USER");
  await withoutIndexes(client, ["event"], async () => {
    await client.query(
      `INSERT INTO event (at, body, leaf, action, actor_id, tenant_id)
       SELECT now() - ($1::int - n) * interval '365 days' / $1,
              jsonb_build_object('v', 1, 'action', action, 'actor', jsonb_build_object('kind', 'system', 'id', actor, 'name', actor),
                'requestId', md5(n::text)::uuid, 'tenantId', tenant, 'target', target, 'result', result)::text,
              sha256(n::text::bytea), action, actor, tenant
         FROM generate_series(1, $1::int) n,
              LATERAL (SELECT CASE WHEN n % 500 = 0 THEN 'directory.read' WHEN n % 90 = 0 THEN 'operation.failed'
                                   WHEN n % 2 = 0 THEN 'operation.accepted' ELSE 'operation.confirmed' END AS action,
                              CASE WHEN n % 700 = 0 THEN 'reader' ELSE 'worker' END AS actor, md5('tenant ' || n % 20)::uuid AS tenant,
                              lower(($2::text[])[n % 20 + 1] || ($3::text[])[n / 20 % 5 + 1]) || '.' || n || '@t.example' AS target,
                              CASE WHEN n % 90 = 0 THEN 'timeout' ELSE 'ok' END AS result) told`,
      [events, GIVEN_HEADS, GIVEN_TAILS],
    );
  });
  await client.query("ALTER TABLE event ENABLE TRIGGER USER");
}
