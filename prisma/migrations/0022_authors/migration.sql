-- One technician could archive a whole client: "another operator than the requester" is not four eyes where the requester
-- is an owner in whose name a sync plans, or a colleague who pressed "Plan again" (decision 42). Whoever shaped a change,
-- or what its held lines rest on, is its author. Triggers record authors, so that no write can forget to.

-- 1. The operator of the transaction; lib/db/transaction.ts sets it. Null for a system process. While a change is applied,
--    its authors act, whoever pressed the button: lib/changes/apply sets app.change instead.
CREATE FUNCTION acting_operator() RETURNS uuid LANGUAGE sql STABLE AS
$$ SELECT nullif(current_setting('app.operator', true), '')::uuid $$;
CREATE FUNCTION applied_change() RETURNS uuid LANGUAGE sql STABLE AS
$$ SELECT nullif(current_setting('app.change', true), '')::uuid $$;

-- 2. Who moved what a tenant's lines rest on, and when last. left (the entry became inactive or absent), entry (any other
--    change of it) and guard: subject is the person's key; policy, rails, domains and sync: the whole tenant, with an
--    empty subject.
CREATE TABLE "tenant_author" (
    "tenant_id" UUID NOT NULL,
    "part" TEXT NOT NULL,
    "subject" TEXT NOT NULL DEFAULT '',
    "operator_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "tenant_author_pkey" PRIMARY KEY ("tenant_id", "part", "subject", "operator_id")
);
ALTER TABLE "tenant_author" ADD CONSTRAINT "tenant_author_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "tenant_author" ADD CONSTRAINT "tenant_author_operator_id_fkey" FOREIGN KEY ("operator_id") REFERENCES "operator"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE tenant_author ADD CONSTRAINT tenant_author_part_known
  CHECK (part IN ('left', 'entry', 'guard', 'policy', 'rails', 'domains', 'sync'));
ALTER TABLE tenant_author ENABLE ROW LEVEL SECURITY;
ALTER TABLE tenant_author FORCE ROW LEVEL SECURITY;
CREATE POLICY in_scope ON tenant_author
  USING ((SELECT scope_is_all()) OR tenant_id = ANY ((SELECT scope_tenants())::uuid[]));
GRANT SELECT ON tenant_author TO rollcall_web, rollcall_worker;


-- 3. The authors of a change itself (7. and 8. write them).
CREATE TABLE "change_author" (
    "change_id" UUID NOT NULL,
    "operator_id" UUID NOT NULL,
    "part" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "change_author_pkey" PRIMARY KEY ("change_id", "operator_id", "part")
);
ALTER TABLE "change_author" ADD CONSTRAINT "change_author_change_id_fkey" FOREIGN KEY ("change_id") REFERENCES "change"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "change_author" ADD CONSTRAINT "change_author_operator_id_fkey" FOREIGN KEY ("operator_id") REFERENCES "operator"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE change_author ADD CONSTRAINT change_author_part_known
  CHECK (part IN ('requested', 'scheduled', 'imported', 'sync'));
ALTER TABLE change_author ENABLE ROW LEVEL SECURITY;
ALTER TABLE change_author FORCE ROW LEVEL SECURITY;
CREATE POLICY in_scope ON change_author USING (EXISTS (SELECT FROM change c WHERE c.id = change_id));
GRANT SELECT ON change_author TO rollcall_web, rollcall_worker;

-- The clock, not the transaction's start: a write that waited for a lock came after what it waited for.
CREATE FUNCTION record_tenant_author(tenant uuid, part text, subject text) RETURNS void
  LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  INSERT INTO tenant_author AS a (tenant_id, part, subject, operator_id, at)
  SELECT tenant, part, subject, acting.id, clock_timestamp()
    FROM (SELECT acting_operator() AS id UNION SELECT c.operator_id FROM change_author c WHERE c.change_id = applied_change()) acting
   WHERE acting.id IS NOT NULL
  ON CONFLICT ON CONSTRAINT tenant_author_pkey DO UPDATE SET at = greatest(a.at, excluded.at)
$$;
REVOKE EXECUTE ON FUNCTION record_tenant_author(uuid, text, text) FROM PUBLIC;

-- 4. Entries. An adopted inventory repeats what the tenant holds, and an account found for an entry moves nobody.
--    Whoever has a new address keeps their authors and their guards: otherwise a rename would shake both off.
CREATE FUNCTION author_of_entry() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF tg_op = 'UPDATE' AND old.user_name_key <> new.user_name_key THEN
    INSERT INTO tenant_author AS a (tenant_id, part, subject, operator_id, at)
    SELECT b.tenant_id, b.part, new.user_name_key, b.operator_id, b.at FROM tenant_author b
     WHERE b.tenant_id = old.tenant_id AND b.subject = old.user_name_key
    ON CONFLICT ON CONSTRAINT tenant_author_pkey DO UPDATE SET at = greatest(a.at, excluded.at);
    INSERT INTO person_guard (tenant_id, user_name_key, kind, note, created_at, created_by)
    SELECT g.tenant_id, new.user_name_key, g.kind, g.note, g.created_at, g.created_by FROM person_guard g
     WHERE g.tenant_id = old.tenant_id AND g.user_name_key = old.user_name_key
    ON CONFLICT DO NOTHING;
  END IF;
  PERFORM record_tenant_author(new.tenant_id,
    CASE WHEN NOT new.active OR new.absent_at IS NOT NULL THEN 'left' ELSE 'entry' END, new.user_name_key);
  RETURN NULL;
END $$;
CREATE TRIGGER inserted_by AFTER INSERT ON roster_entry FOR EACH ROW
  WHEN (new.source <> 'inventory') EXECUTE FUNCTION author_of_entry();
CREATE TRIGGER updated_by AFTER UPDATE ON roster_entry FOR EACH ROW
  WHEN ((new.user_name_key, new.source, new.fields, new.overrides, new.groups, new.active, new.absent_at)
        IS DISTINCT FROM (old.user_name_key, old.source, old.fields, old.overrides, old.groups, old.active, old.absent_at))
  EXECUTE FUNCTION author_of_entry();

-- 5. Guards and the policy. A guard that is added protects, except that whoever excludes a person decides that nothing
--    is written to them: no line rests on that either.
CREATE FUNCTION author_of_guard() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM record_tenant_author(old.tenant_id, 'guard', old.user_name_key);
  RETURN NULL;
END $$;
CREATE TRIGGER removed_by AFTER DELETE ON person_guard FOR EACH ROW EXECUTE FUNCTION author_of_guard();
CREATE FUNCTION author_of_policy() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM record_tenant_author(new.tenant_id, 'policy', '');
  RETURN NULL;
END $$;
CREATE TRIGGER saved_by AFTER INSERT OR UPDATE ON roster_policy FOR EACH ROW EXECUTE FUNCTION author_of_policy();

-- 6. A tenant's own row: rails and seats that were loosened, domains that were added, a sync that was forced. Lines that
--    a tightened rail holds do not rest on whoever tightened it.
CREATE FUNCTION author_of_tenant() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF new.archive_hold_min > old.archive_hold_min OR new.archive_hold_share > old.archive_hold_share
     OR new.restore_hold_min > old.restore_hold_min OR new.restore_hold_share > old.restore_hold_share
     OR new.removal_hold_min > old.removal_hold_min OR new.removal_hold_share > old.removal_hold_share
     OR new.allow_create > old.allow_create OR new.allow_update > old.allow_update OR new.allow_archive > old.allow_archive
     OR coalesce(new.seats, 2147483647) > coalesce(old.seats, 2147483647) THEN
    PERFORM record_tenant_author(new.id, 'rails', '');
  END IF;
  -- A tenant without domains allows all that no other tenant owns.
  IF cardinality(old.domains) > 0 AND (cardinality(new.domains) = 0 OR NOT new.domains <@ old.domains) THEN
    PERFORM record_tenant_author(new.id, 'domains', '');
  END IF;
  IF new.sync_next_at <> old.sync_next_at AND new.sync_next_at <= clock_timestamp() THEN
    PERFORM record_tenant_author(new.id, 'sync', '');
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER shaped_by AFTER UPDATE ON tenant FOR EACH ROW
  WHEN (current_setting('app.operator', true) <> '') EXECUTE FUNCTION author_of_tenant();

-- 7. Whoever uploaded a file, or said what its columns mean.
ALTER TABLE "roster_import" ADD COLUMN "authors" UUID[] NOT NULL DEFAULT ARRAY[]::UUID[];
CREATE FUNCTION author_of_import() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF acting_operator() IS NOT NULL AND acting_operator() <> ALL (new.authors) THEN
    new.authors := new.authors || acting_operator();
  END IF;
  RETURN new;
END $$;
CREATE TRIGGER shaped_by BEFORE INSERT OR UPDATE ON roster_import FOR EACH ROW EXECUTE FUNCTION author_of_import();
-- Files and changes of before have the authors that they were stored with.
SELECT set_config('app.all', 'on', true);
UPDATE roster_import SET authors = ARRAY[requested_by] WHERE requested_by IN (SELECT id FROM operator);

-- 8. The authors of a change itself. A retry keeps those of the change before; an undo does the opposite of what they
--    wanted. A forced sync is carried out at once, or waits for the change before it. A plan that is made again keeps all
--    authors of the one that it replaces: inherit_authors().
CREATE FUNCTION authors_of_change() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO change_author (change_id, operator_id, part)
  SELECT new.id, new.requested_by, 'requested'
  UNION SELECT new.id, a.operator_id, a.part FROM change_author a WHERE a.change_id = new.parent_id AND new.kind <> 'undo'
  UNION SELECT new.id, author, 'imported' FROM roster_import i, unnest(i.authors) author WHERE i.id = new.import_id
  UNION SELECT new.id, a.operator_id, 'sync' FROM tenant_author a
         WHERE new.kind = 'reconcile' AND a.tenant_id = ANY (new.tenant_ids) AND a.part = 'sync' AND a.at > now() - interval '1 day';
  RETURN NULL;
END $$;
CREATE TRIGGER requested_by AFTER INSERT ON change FOR EACH ROW EXECUTE FUNCTION authors_of_change();
CREATE FUNCTION author_of_schedule() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO change_author (change_id, operator_id, part)
  SELECT new.id, acting_operator(), 'scheduled' WHERE acting_operator() IS NOT NULL ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
CREATE TRIGGER scheduled_by AFTER UPDATE OF scheduled_at ON change FOR EACH ROW
  WHEN (new.scheduled_at IS NOT NULL) EXECUTE FUNCTION author_of_schedule();
INSERT INTO change_author (change_id, operator_id, part) SELECT id, requested_by, 'requested' FROM change;

-- It only adds authors, so a serving role may call it.
CREATE FUNCTION inherit_authors(of uuid, heir uuid) RETURNS void
  LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  INSERT INTO change_author (change_id, operator_id, part, at)
  SELECT heir, a.operator_id, a.part, a.at FROM change_author a WHERE a.change_id = of ON CONFLICT DO NOTHING
$$;
REVOKE EXECUTE ON FUNCTION inherit_authors(uuid, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION inherit_authors(uuid, uuid) TO rollcall_web, rollcall_worker;

-- 9. Each approval is a row that stays, with the hash of exactly the lines it covers. Where nobody but authors is left,
--    an author may approve alone: such a row waits, anybody may stop it, and it says for ever that it was alone.
CREATE TABLE "approval" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "change_id" UUID NOT NULL,
    "tenant_ids" UUID[] NOT NULL,
    "lines_hash" TEXT NOT NULL,
    "lines" INTEGER NOT NULL,
    "reason" TEXT NOT NULL,
    "operator_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "waits_until" TIMESTAMPTZ(3),
    "given_at" TIMESTAMPTZ(3),
    "stopped_at" TIMESTAMPTZ(3),
    "stopped_by" UUID,

    CONSTRAINT "approval_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "approval_change_id_at_idx" ON "approval"("change_id", "at");
CREATE UNIQUE INDEX approval_one_waiting ON approval (change_id)
  WHERE waits_until IS NOT NULL AND given_at IS NULL AND stopped_at IS NULL;
ALTER TABLE "approval" ADD CONSTRAINT "approval_change_id_fkey" FOREIGN KEY ("change_id") REFERENCES "change"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "approval" ADD CONSTRAINT "approval_operator_id_fkey" FOREIGN KEY ("operator_id") REFERENCES "operator"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "approval" ADD CONSTRAINT "approval_stopped_by_fkey" FOREIGN KEY ("stopped_by") REFERENCES "operator"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE approval ADD CONSTRAINT approval_given_or_waits CHECK (waits_until IS NOT NULL OR given_at IS NOT NULL);
ALTER TABLE approval ADD CONSTRAINT approval_not_before CHECK (given_at >= waits_until);
ALTER TABLE approval ADD CONSTRAINT approval_ends_once CHECK (given_at IS NULL OR stopped_at IS NULL);
ALTER TABLE approval ADD CONSTRAINT approval_stopped_by_somebody CHECK ((stopped_at IS NULL) = (stopped_by IS NULL));
ALTER TABLE approval ENABLE ROW LEVEL SECURITY;
ALTER TABLE approval FORCE ROW LEVEL SECURITY;
CREATE POLICY in_scope ON approval
  USING ((SELECT scope_is_all()) OR tenant_ids && (SELECT scope_tenants())::uuid[]);
CREATE POLICY all_in_scope ON approval AS RESTRICTIVE FOR INSERT
  WITH CHECK ((SELECT scope_is_all()) OR tenant_ids <@ (SELECT scope_tenants())::uuid[]);
GRANT SELECT, INSERT, UPDATE (given_at, stopped_at, stopped_by) ON approval TO rollcall_web, rollcall_worker;

CREATE FUNCTION approval_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'approval % was given or stopped, and stays', old.id USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER stays BEFORE UPDATE ON approval FOR EACH ROW
  WHEN (old.given_at IS NOT NULL OR old.stopped_at IS NOT NULL) EXECUTE FUNCTION approval_stays();

-- 10. Whether an operator who is no author may act in one of the tenants: in each of several, a plan of its own would have
--     a second operator. It reads all operators and answers yes or no.
CREATE FUNCTION has_other_approver(tenants uuid[], authors uuid[]) RETURNS boolean
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  before text := coalesce(current_setting('app.all', true), '');
  found boolean;
BEGIN
  PERFORM set_config('app.all', 'on', true);
  SELECT EXISTS (SELECT FROM operator o
                  WHERE o.disabled_at IS NULL AND o.id <> ALL (authors)
                    AND (o.role = 'owner' OR (o.role = 'technician' AND tenants && ARRAY(
                         SELECT g.tenant_id FROM tenant_grant g WHERE g.operator_id = o.id)))) INTO found;
  PERFORM set_config('app.all', before, true);
  RETURN found;
END $$;
REVOKE EXECUTE ON FUNCTION has_other_approver(uuid[], uuid[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION has_other_approver(uuid[], uuid[]) TO rollcall_web, rollcall_worker;
