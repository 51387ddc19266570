-- Plans of more than 2,000 lines are made, and applied, by a worker: in the web process they held up every other request
-- for seconds. A worker's task is a row here until it is done.

-- 1. One task a change. A worker claims it with an advisory lock of the transaction that does it, so that the row stays
--    free for progress, and for whoever takes the task back.
CREATE TABLE "change_task" (
    "change_id" UUID NOT NULL,
    "tenant_ids" UUID[] NOT NULL,
    "kind" TEXT NOT NULL,
    "plan_hash" TEXT,
    "reason" TEXT,
    "requested_by" UUID NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "session_id" UUID NOT NULL,
    "address" TEXT NOT NULL,
    "request_id" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "people" INTEGER NOT NULL,
    "step" TEXT NOT NULL DEFAULT 'waiting',
    "done" INTEGER NOT NULL DEFAULT 0,
    "total" INTEGER NOT NULL DEFAULT 0,
    "refusal" TEXT,

    CONSTRAINT "change_task_pkey" PRIMARY KEY ("change_id")
);
ALTER TABLE "change_task" ADD CONSTRAINT "change_task_change_id_fkey" FOREIGN KEY ("change_id") REFERENCES "change"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "change_task" ADD CONSTRAINT "change_task_requested_by_fkey" FOREIGN KEY ("requested_by") REFERENCES "operator"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE change_task ADD CONSTRAINT change_task_kind_known CHECK (kind IN ('plan', 'apply', 'approve'));
ALTER TABLE change_task ADD CONSTRAINT change_task_step_known CHECK (step IN ('waiting', 'reading', 'comparing', 'storing'));
-- What is applied is what somebody saw.
ALTER TABLE change_task ADD CONSTRAINT change_task_hash_seen CHECK ((kind = 'plan') = (plan_hash IS NULL));

-- 2. A change that waits for its plan has no lines and no hash; nobody can apply what nobody saw.
ALTER TABLE change DROP CONSTRAINT change_state_known;
ALTER TABLE change ADD CONSTRAINT change_state_known
  CHECK (state IN ('planning', 'ready', 'scheduled', 'applying', 'done', 'failed', 'cancelled', 'expired'));
ALTER TABLE change ADD CONSTRAINT change_planned_has_hash
  CHECK (plan_hash <> '' OR state IN ('planning', 'cancelled', 'expired'));

-- 3. Whoever sees the change sees its task; only who may touch all of its tenants adds or removes one.
ALTER TABLE change_task ENABLE ROW LEVEL SECURITY;
ALTER TABLE change_task FORCE ROW LEVEL SECURITY;
CREATE POLICY in_scope ON change_task
  USING ((SELECT scope_is_all()) OR tenant_ids && (SELECT scope_tenants())::uuid[]);
CREATE POLICY all_in_scope ON change_task AS RESTRICTIVE FOR INSERT
  WITH CHECK ((SELECT scope_is_all()) OR tenant_ids <@ (SELECT scope_tenants())::uuid[]);
CREATE POLICY all_in_scope_ends ON change_task AS RESTRICTIVE FOR DELETE
  USING ((SELECT scope_is_all()) OR tenant_ids <@ (SELECT scope_tenants())::uuid[]);
GRANT SELECT, INSERT, DELETE ON change_task TO rollcall_web;
GRANT SELECT, UPDATE, DELETE ON change_task TO rollcall_worker;

-- 4. A worker plans with the requester's role and grants of that moment: what they may see decides what a plan says. A
--    worker may not read operators and grants, so this returns those of one operator who is not disabled. Null: all.
CREATE FUNCTION operator_reach(operator_id uuid) RETURNS TABLE (name text, role text, tenants uuid[])
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  before text := coalesce(current_setting('app.all', true), '');
BEGIN
  PERFORM set_config('app.all', 'on', true);
  RETURN QUERY
    SELECT o.name, o.role, CASE WHEN o.role = 'technician' THEN ARRAY(
             SELECT g.tenant_id FROM tenant_grant g WHERE g.operator_id = o.id) END
      FROM operator o WHERE o.id = operator_reach.operator_id AND o.disabled_at IS NULL;
  PERFORM set_config('app.all', before, true);
END $$;
REVOKE EXECUTE ON FUNCTION operator_reach(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION operator_reach(uuid) TO rollcall_worker;
