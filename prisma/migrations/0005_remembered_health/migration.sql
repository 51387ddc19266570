-- What a tenant's answers showed outlasts the drive that got them, every quarantine is probed by itself for 28 days, and
-- an external id is looked up by an index.

-- 1. The window of the breaker, the share of refusals and the retry budget; null while there is nothing to remember.
ALTER TABLE tenant ADD COLUMN memory jsonb, ADD COLUMN memory_at timestamptz(3);
ALTER TABLE tenant ADD CONSTRAINT tenant_memory_whole CHECK ((memory IS NULL) = (memory_at IS NULL));

-- 2. Who was left in quarantine until a person came is probed from now on. The owner, too, sees only the rows that it
--    says it reaches.
SELECT set_config('app.all', 'on', true);
UPDATE tenant SET quarantined_at = now(), probes = 0, probe_next_at = now() + interval '15 minutes'
 WHERE state = 'quarantined' AND probe_next_at IS NULL;

-- 3. `->>` is not leakproof, so under row-level security an index over it is never used; equality with a column is.
DROP INDEX directory_user_external_id;
ALTER TABLE directory_user ADD COLUMN external_id text GENERATED ALWAYS AS (attributes ->> 'externalId') STORED;
CREATE INDEX directory_user_external_id_tenant_id_idx ON directory_user (external_id, tenant_id);
