-- What Prisma cannot say of 0003: known states, one open notice for a reason, who may touch which row, and the counts
-- that rails need from beyond a technician's tenants.

-- 1. Closed sets and sane numbers.
ALTER TABLE change DROP CONSTRAINT change_kind_known;
ALTER TABLE change ADD CONSTRAINT change_kind_known
  CHECK (kind IN ('onboard', 'update', 'offboard', 'restore', 'import', 'reconcile', 'undo', 'retry'));
ALTER TABLE change DROP CONSTRAINT change_state_known;
ALTER TABLE change ADD CONSTRAINT change_state_known
  CHECK (state IN ('ready', 'scheduled', 'applying', 'done', 'failed', 'cancelled', 'expired'));
ALTER TABLE change ADD CONSTRAINT change_schedule_whole CHECK ((scheduled_at IS NULL) = (zone IS NULL));
ALTER TABLE run DROP CONSTRAINT run_state_known;
ALTER TABLE run ADD CONSTRAINT run_state_known
  CHECK (state IN ('planned', 'queued', 'paused', 'running', 'done', 'failed', 'cancelled'));
ALTER TABLE tenant ADD CONSTRAINT tenant_rails_sane CHECK (
  archive_hold_min >= 0 AND restore_hold_min >= 0 AND removal_hold_min >= 0
  AND archive_hold_share BETWEEN 0 AND 1 AND restore_hold_share BETWEEN 0 AND 1 AND removal_hold_share BETWEEN 0 AND 1
  AND seats >= 0 AND sync_every_minutes BETWEEN 5 AND 10080 AND visible_in_minutes > 0);
ALTER TABLE drift ADD CONSTRAINT drift_state_known
  CHECK (state IN ('unjudged', 'ours', 'open', 'accepted', 'put_back', 'always', 'superseded'));
ALTER TABLE roster_listing ADD CONSTRAINT roster_listing_mark_known CHECK (mark IN ('complete', 'incomplete', 'delta'));
ALTER TABLE person_guard ADD CONSTRAINT person_guard_kind_known CHECK (kind IN ('protected', 'admin', 'excluded'));
ALTER TABLE roster_import ADD CONSTRAINT roster_import_state_known
  CHECK (state IN ('reading', 'read', 'checked', 'failed', 'discarded'));
ALTER TABLE roster_import ADD CONSTRAINT roster_import_mode_known CHECK (mode IN ('merge', 'full'));
ALTER TABLE notice ADD CONSTRAINT notice_state_known CHECK (state IN ('open', 'resolved'));
ALTER TABLE fleet ADD CONSTRAINT fleet_is_one CHECK (id = 1);
ALTER TABLE fleet ADD CONSTRAINT fleet_rails_sane CHECK (hold_min >= 0 AND hold_share BETWEEN 0 AND 1);
INSERT INTO fleet (id) VALUES (1);
-- What was allowed until now is what an operator allowed. The owner, too, sees only the rows that it says it reaches.
SELECT set_config('app.all', 'on', true);
UPDATE tenant SET rate_max = rate;

-- 2. One open notice for a reason, one open drift for a field, and the small indexes that find what is due.
CREATE UNIQUE INDEX notice_one_open ON notice (tenant_id, code, subject) NULLS NOT DISTINCT WHERE state = 'open';
CREATE UNIQUE INDEX drift_one_open ON drift (tenant_id, resource_id, field) WHERE state = 'open';
CREATE INDEX change_scheduled ON change (scheduled_at) WHERE state = 'scheduled';
CREATE INDEX operation_guarded ON operation (tenant_id, kind, accepted_at)
  WHERE kind IN ('archive', 'restore', 'members_remove');

-- 3. Who may touch which row.
DO $$
DECLARE
  guarded text;
BEGIN
  FOREACH guarded IN ARRAY ARRAY['roster_entry', 'roster_listing', 'roster_policy', 'person_guard', 'drift'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', guarded);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', guarded);
    EXECUTE format('CREATE POLICY in_scope ON %I USING ((SELECT scope_is_all()) OR tenant_id = ANY ((SELECT scope_tenants())::uuid[]))', guarded);
  END LOOP;
END $$;

-- A notice without a tenant speaks of the fleet, and everybody may read it.
ALTER TABLE notice ENABLE ROW LEVEL SECURITY;
ALTER TABLE notice FORCE ROW LEVEL SECURITY;
CREATE POLICY in_scope ON notice
  USING (tenant_id IS NULL OR (SELECT scope_is_all()) OR tenant_id = ANY ((SELECT scope_tenants())::uuid[]));

-- A file is seen by whoever may touch all of its tenants: it holds their people side by side.
ALTER TABLE roster_import ENABLE ROW LEVEL SECURITY;
ALTER TABLE roster_import FORCE ROW LEVEL SECURITY;
CREATE POLICY in_scope ON roster_import
  USING ((SELECT scope_is_all()) OR (tenant_ids <> '{}' AND tenant_ids <@ (SELECT scope_tenants())::uuid[]));

-- A line that names no tenant is its file's.
ALTER TABLE import_row ENABLE ROW LEVEL SECURITY;
ALTER TABLE import_row FORCE ROW LEVEL SECURITY;
CREATE POLICY in_scope ON import_row
  USING ((SELECT scope_is_all()) OR tenant_id = ANY ((SELECT scope_tenants())::uuid[])
         OR (tenant_id IS NULL AND EXISTS (SELECT FROM roster_import i WHERE i.id = import_row.import_id)));

-- 4. Grants: the least each role needs.
GRANT SELECT, INSERT, UPDATE, DELETE ON roster_entry, person_guard, import_row TO rollcall_web;
GRANT SELECT, INSERT, UPDATE ON roster_policy, roster_import, import_mapping, notice TO rollcall_web;
GRANT SELECT, INSERT ON roster_listing TO rollcall_web;
GRANT SELECT, UPDATE ON drift, fleet TO rollcall_web;

-- The worker plans too: a scheduled sync is a change like any other.
GRANT INSERT ON change, run, operation TO rollcall_worker;
GRANT USAGE ON SEQUENCE change_number_seq, drift_id_seq TO rollcall_worker;
GRANT SELECT, INSERT, UPDATE ON roster_entry, notice, drift TO rollcall_worker;
GRANT SELECT, INSERT ON roster_listing TO rollcall_worker;
GRANT SELECT ON roster_policy, person_guard, roster_import, import_row, fleet TO rollcall_worker;

-- 5. A technician's plan is weighed against the whole fleet's day, of which they may know the sums and no more.
CREATE FUNCTION fleet_day() RETURNS TABLE (active bigint, archives bigint, restores bigint, removals bigint)
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  before text := coalesce(current_setting('app.all', true), '');
BEGIN
  PERFORM set_config('app.all', 'on', true);
  RETURN QUERY
    WITH counted AS (
      SELECT o.kind, CASE WHEN o.kind = 'members_remove' THEN jsonb_array_length(o.intent -> 'members') ELSE 1 END AS people
        FROM operation o
       WHERE o.kind IN ('archive', 'restore', 'members_remove')
         AND (o.state IN ('queued', 'sent', 'unknown') OR o.accepted_at > now() - interval '24 hours'))
    SELECT (SELECT coalesce(sum(d.active), 0)::bigint FROM tenant t JOIN directory_read d ON d.id = t.read_id
             WHERE t.state <> 'disconnected'),
           coalesce(sum(people) FILTER (WHERE kind = 'archive'), 0)::bigint,
           coalesce(sum(people) FILTER (WHERE kind = 'restore'), 0)::bigint,
           coalesce(sum(people) FILTER (WHERE kind = 'members_remove'), 0)::bigint
      FROM counted;
  PERFORM set_config('app.all', before, true);
END $$;

-- What was asked for today is carried out later only if whoever asked may still do it.
CREATE FUNCTION operator_may_touch(asked uuid, tenants uuid[]) RETURNS boolean
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  before text := coalesce(current_setting('app.all', true), '');
  may boolean;
BEGIN
  PERFORM set_config('app.all', 'on', true);
  SELECT o.disabled_at IS NULL AND (o.role = 'owner' OR (o.role = 'technician' AND tenants <@ ARRAY(
           SELECT g.tenant_id FROM tenant_grant g WHERE g.operator_id = o.id)))
    FROM operator o WHERE o.id = asked INTO may;
  PERFORM set_config('app.all', before, true);
  RETURN coalesce(may, false);
END $$;
REVOKE EXECUTE ON FUNCTION fleet_day() FROM PUBLIC;
REVOKE EXECUTE ON FUNCTION operator_may_touch(uuid, uuid[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION fleet_day() TO rollcall_web, rollcall_worker;
GRANT EXECUTE ON FUNCTION operator_may_touch(uuid, uuid[]) TO rollcall_web, rollcall_worker;

-- 6. A worker asks whether the database was migrated past it. The table is the migrating tool's own.
DO $$ BEGIN
  IF to_regclass('public._prisma_migrations') IS NOT NULL THEN
    GRANT SELECT ON _prisma_migrations TO rollcall_worker;
  END IF;
END $$;
