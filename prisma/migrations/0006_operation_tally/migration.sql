-- How many operations of a run are where, without counting them: a page of 200,000 took 3 s to count, and asks again
-- every second while it is looked at.

-- 1. One row for what one statement changed, so that writers of one run never wait for each other, as they would for a
--    row that is a count. No foreign keys: each would lock the run for every block of results.
CREATE TABLE "operation_tally" (
    "id" BIGSERIAL NOT NULL,
    "run_id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "reason" TEXT,
    "risks" TEXT[],
    "delta" INTEGER NOT NULL,

    CONSTRAINT "operation_tally_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "operation_tally_run_id_idx" ON "operation_tally"("run_id");

ALTER TABLE operation_tally ENABLE ROW LEVEL SECURITY;
ALTER TABLE operation_tally FORCE ROW LEVEL SECURITY;
CREATE POLICY in_scope ON operation_tally
  USING ((SELECT scope_is_all()) OR tenant_id = ANY ((SELECT scope_tenants())::uuid[]));
GRANT SELECT ON operation_tally TO rollcall_web, rollcall_worker;

-- 2. What there is already. The owner, too, sees only the rows that it says it reaches.
SELECT set_config('app.all', 'on', true);
INSERT INTO operation_tally (run_id, tenant_id, kind, state, reason, risks, delta)
SELECT run_id, tenant_id, kind, state, reason, risks, count(*) FROM operation GROUP BY 1, 2, 3, 4, 5, 6;

-- 3. Kept by the database, so that no writer of operations can forget it. SECURITY DEFINER: they need no right to write
--    here, so none can make a page say what is not so.
CREATE FUNCTION operation_count() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO operation_tally (run_id, tenant_id, kind, state, reason, risks, delta)
  SELECT run_id, tenant_id, kind, state, reason, risks, count(*) FROM came GROUP BY 1, 2, 3, 4, 5, 6;
  RETURN NULL;
END $$;
CREATE FUNCTION operation_recount() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO operation_tally (run_id, tenant_id, kind, state, reason, risks, delta)
  SELECT run_id, tenant_id, kind, state, reason, risks, sum(delta)
    FROM (SELECT run_id, tenant_id, kind, state, reason, risks, 1 AS delta FROM came
           UNION ALL
          SELECT run_id, tenant_id, kind, state, reason, risks, -1 FROM went) moved
   GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(delta) <> 0;
  -- Now and then the rows of these runs are made one for each sum: 200,000 operations at two a second would leave a
  -- million. Rows that another transaction is folding are left to it, so nobody waits here either.
  IF random() < 0.02 THEN
    WITH folded AS (
      DELETE FROM operation_tally WHERE id IN (
        SELECT id FROM operation_tally WHERE run_id IN (SELECT run_id FROM came) FOR UPDATE SKIP LOCKED)
      RETURNING *)
    INSERT INTO operation_tally (run_id, tenant_id, kind, state, reason, risks, delta)
    SELECT run_id, tenant_id, kind, state, reason, risks, sum(delta) FROM folded
     GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(delta) <> 0;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER operation_count AFTER INSERT ON operation REFERENCING NEW TABLE AS came
  FOR EACH STATEMENT EXECUTE FUNCTION operation_count();
CREATE TRIGGER operation_recount AFTER UPDATE ON operation REFERENCING NEW TABLE AS came OLD TABLE AS went
  FOR EACH STATEMENT EXECUTE FUNCTION operation_recount();
-- Nobody may delete operations; should the database's owner, the counts would be of what is no more.
CREATE TRIGGER append_only BEFORE DELETE OR TRUNCATE ON operation FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite();

-- 4. What a page shows first, wherever in the run it is.
CREATE INDEX operation_shown_first ON operation (run_id, state, seq) WHERE state IN ('held', 'failed');
