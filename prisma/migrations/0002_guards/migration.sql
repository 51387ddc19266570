-- What Prisma cannot say: known states, one run at a time, who may touch which row, and an audit log that only grows.

-- 1. States are closed sets; a misspelt one is refused here and not found out by a screen.
ALTER TABLE operator ADD CONSTRAINT operator_role_known CHECK (role IN ('owner', 'technician', 'auditor'));
ALTER TABLE operator ADD CONSTRAINT operator_email_lower CHECK (email = lower(email));
ALTER TABLE tenant ADD CONSTRAINT tenant_mode_known CHECK (mode IN ('observe', 'source', 'mixed'));
ALTER TABLE tenant ADD CONSTRAINT tenant_state_known
  CHECK (state IN ('connecting', 'healthy', 'paused', 'quarantined', 'disconnected'));
ALTER TABLE directory_read ADD CONSTRAINT directory_read_state_known
  CHECK (state IN ('queued', 'running', 'complete', 'failed'));
ALTER TABLE change ADD CONSTRAINT change_kind_known CHECK (kind IN ('onboard', 'update', 'offboard', 'restore'));
ALTER TABLE change ADD CONSTRAINT change_state_known
  CHECK (state IN ('ready', 'applying', 'done', 'failed', 'cancelled', 'expired'));
ALTER TABLE change ADD CONSTRAINT change_has_reason CHECK (length(btrim(reason)) > 0);
ALTER TABLE change ADD CONSTRAINT change_has_tenant CHECK (cardinality(tenant_ids) > 0);
ALTER TABLE run ADD CONSTRAINT run_state_known
  CHECK (state IN ('planned', 'queued', 'running', 'done', 'failed', 'cancelled'));
ALTER TABLE operation ADD CONSTRAINT operation_kind_known
  CHECK (kind IN ('create', 'update', 'archive', 'restore', 'link', 'group_create', 'members_add', 'members_remove'));
ALTER TABLE operation ADD CONSTRAINT operation_state_known
  CHECK (state IN ('planned', 'held', 'queued', 'sent', 'unknown', 'accepted', 'confirmed', 'failed', 'skipped', 'cancelled'));

-- 2. One run at a time in a tenant, one unfinished read, and the small indexes that find what is due.
CREATE UNIQUE INDEX run_one_running ON run (tenant_id) WHERE state = 'running';
CREATE UNIQUE INDEX directory_read_one_unfinished ON directory_read (tenant_id) WHERE state IN ('queued', 'running');
CREATE INDEX run_unfinished ON run (tenant_id, next_at) WHERE state IN ('queued', 'running');
CREATE INDEX operation_open ON operation (run_id, seq) WHERE state IN ('queued', 'sent', 'unknown');
-- One human's accounts in several tenants share an external id (ADR 0005); offboarding finds them all by it.
CREATE INDEX directory_user_external_id ON directory_user ((attributes ->> 'externalId'), tenant_id);
CREATE INDEX operation_unconfirmed ON operation (tenant_id, confirm_at) WHERE state = 'accepted';

-- 3. Which tenants this transaction may touch. lib/db/transaction.ts sets both, local to the transaction, from the
--    Scope; unset means none. SELECT around the call makes PostgreSQL evaluate it once a query, not once a row.
CREATE FUNCTION scope_is_all() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS
  $$ SELECT coalesce(current_setting('app.all', true), '') = 'on' $$;
CREATE FUNCTION scope_tenants() RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE AS
  $$ SELECT coalesce(nullif(current_setting('app.tenants', true), ''), '{}')::uuid[] $$;

-- FORCE, because the owner of a table would otherwise pass by its policies.
DO $$
DECLARE
  guarded text;
BEGIN
  FOREACH guarded IN ARRAY ARRAY['tenant_grant', 'credential', 'sealed_token', 'directory_read', 'directory_user',
    'directory_group', 'directory_membership', 'run', 'operation', 'attempt'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', guarded);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', guarded);
    EXECUTE format('CREATE POLICY in_scope ON %I USING ((SELECT scope_is_all()) OR tenant_id = ANY ((SELECT scope_tenants())::uuid[]))', guarded);
  END LOOP;
END $$;

ALTER TABLE tenant ENABLE ROW LEVEL SECURITY;
ALTER TABLE tenant FORCE ROW LEVEL SECURITY;
CREATE POLICY in_scope ON tenant USING ((SELECT scope_is_all()) OR id = ANY ((SELECT scope_tenants())::uuid[]));

-- A change is seen by whoever may see one of its tenants; it is written only by whoever may touch all of them.
ALTER TABLE change ENABLE ROW LEVEL SECURITY;
ALTER TABLE change FORCE ROW LEVEL SECURITY;
CREATE POLICY in_scope ON change
  USING ((SELECT scope_is_all()) OR tenant_ids && (SELECT scope_tenants())::uuid[]);
CREATE POLICY all_in_scope ON change AS RESTRICTIVE FOR INSERT
  WITH CHECK ((SELECT scope_is_all()) OR tenant_ids <@ (SELECT scope_tenants())::uuid[]);

-- Events without a tenant (sign-ins, operators) are for those who see everything.
ALTER TABLE event ENABLE ROW LEVEL SECURITY;
ALTER TABLE event FORCE ROW LEVEL SECURITY;
CREATE POLICY in_scope ON event FOR SELECT
  USING ((SELECT scope_is_all()) OR tenant_id = ANY ((SELECT scope_tenants())::uuid[]));
CREATE POLICY append ON event FOR INSERT
  WITH CHECK ((SELECT scope_is_all()) OR tenant_id IS NULL OR tenant_id = ANY ((SELECT scope_tenants())::uuid[]));

-- 4. The audit log only grows. The writer gives the body; time, leaf and the filter columns are made here.
CREATE FUNCTION event_complete() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  told jsonb := new.body::jsonb;
BEGIN
  new.at := clock_timestamp();
  new.action := told ->> 'action';
  new.actor_id := told -> 'actor' ->> 'id';
  new.tenant_id := (told ->> 'tenantId')::uuid;
  new.change_id := (told ->> 'changeId')::uuid;
  new.leaf := sha256('\x00'::bytea || convert_to(
    new.id || '|' || to_char(new.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || '|' || new.body, 'UTF8'));
  RETURN new;
END $$;
CREATE TRIGGER event_complete BEFORE INSERT ON event FOR EACH ROW EXECUTE FUNCTION event_complete();

-- SECURITY DEFINER: writers of events need no right on the outbox, so none can hide an event from the sealer.
CREATE FUNCTION event_await_seal() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO event_pending (event_id) SELECT id FROM written;
  RETURN NULL;
END $$;
CREATE TRIGGER event_await_seal AFTER INSERT ON event REFERENCING NEW TABLE AS written
  FOR EACH STATEMENT EXECUTE FUNCTION event_await_seal();

CREATE FUNCTION refuse_rewrite() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: % is refused', tg_table_name, tg_op USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON event FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON event_link FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON seal FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite();

-- 5. Grants: the least each role needs. test/grants.db.test.ts holds the list against the catalogue.
GRANT USAGE ON SCHEMA public TO rollcall_web, rollcall_worker, rollcall_sealer;
GRANT SELECT, INSERT ON installation TO rollcall_web, rollcall_worker, rollcall_sealer;

GRANT SELECT, INSERT, UPDATE ON operator, session, login_throttle TO rollcall_web;
GRANT DELETE ON login_throttle TO rollcall_web;
GRANT SELECT, INSERT, DELETE ON tenant_grant TO rollcall_web;
GRANT SELECT, INSERT, UPDATE ON tenant, credential TO rollcall_web;
-- Web puts a sealed token in and takes it away; it has no right to read the column.
GRANT SELECT (credential_id, tenant_id), INSERT (credential_id, tenant_id, sealed), DELETE ON sealed_token TO rollcall_web;
GRANT SELECT, INSERT ON directory_read TO rollcall_web;
GRANT SELECT ON directory_user, directory_group, directory_membership, attempt TO rollcall_web;
GRANT SELECT, INSERT, UPDATE ON change, run, operation TO rollcall_web;
GRANT USAGE ON SEQUENCE change_number_seq, event_id_seq TO rollcall_web;

GRANT SELECT, UPDATE ON tenant, credential, directory_read, change, run, operation TO rollcall_worker;
GRANT INSERT ON directory_read TO rollcall_worker;
GRANT SELECT ON sealed_token TO rollcall_worker;
GRANT SELECT, INSERT, UPDATE, DELETE ON directory_user, directory_group, directory_membership TO rollcall_worker;
GRANT SELECT, INSERT ON attempt TO rollcall_worker;
GRANT USAGE ON SEQUENCE attempt_id_seq, event_id_seq TO rollcall_worker;

-- Readiness asks whether the newest migration is there. The table is the migrating tool's own.
DO $$ BEGIN
  IF to_regclass('public._prisma_migrations') IS NOT NULL THEN
    GRANT SELECT ON _prisma_migrations TO rollcall_web;
  END IF;
END $$;

-- Writers of events write one column.
GRANT SELECT, INSERT (body) ON event TO rollcall_web, rollcall_worker;
GRANT SELECT ON event_pending, event_link, seal TO rollcall_web;

GRANT SELECT ON event TO rollcall_sealer;
GRANT SELECT, DELETE ON event_pending TO rollcall_sealer;
GRANT SELECT, INSERT ON event_link, seal TO rollcall_sealer;

-- People count from CHG-1001 on: a number that nobody takes for a row count.
ALTER SEQUENCE change_number_seq RESTART WITH 1001;

-- 6. A worker reaches one tenant at a time, and the last of a change's runs ends the change. This answers how the
--    others stand, by state and nothing more, to whoever may see the change at all.
CREATE FUNCTION run_states_of_change(asked uuid) RETURNS text[] LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = public, pg_temp AS $$
DECLARE
  before text := coalesce(current_setting('app.all', true), '');
  states text[];
BEGIN
  IF NOT EXISTS (SELECT FROM change WHERE id = asked) THEN RETURN '{}'; END IF;
  PERFORM set_config('app.all', 'on', true);
  SELECT coalesce(array_agg(state), '{}') FROM run WHERE change_id = asked INTO states;
  PERFORM set_config('app.all', before, true);
  RETURN states;
END $$;
REVOKE EXECUTE ON FUNCTION run_states_of_change(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION run_states_of_change(uuid) TO rollcall_worker;
