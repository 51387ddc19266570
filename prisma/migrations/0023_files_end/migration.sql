-- The rows of an imported file stayed until somebody discarded it: thousands of people, and passwords under headers that
-- were not known then. And one mapping of columns was remembered for all tenants and operators.

-- 1. A file ends: its change was applied and has ended, or nobody used it. A worker then deletes its rows.
ALTER TABLE roster_import DROP CONSTRAINT roster_import_state_known;
ALTER TABLE roster_import ADD CONSTRAINT roster_import_state_known
  CHECK (state IN ('reading', 'read', 'checked', 'failed', 'discarded', 'finished', 'expired'));
ALTER TABLE "roster_import" ADD COLUMN "ended_at" TIMESTAMPTZ(3);
CREATE INDEX "change_import_id_idx" ON "change"("import_id");
GRANT UPDATE (state, problem, ended_at) ON roster_import TO rollcall_worker;
GRANT DELETE ON import_row TO rollcall_worker;

-- 2. Rows that were read until now may hold passwords. Only those that an open change needs are kept, until it ends.
SELECT set_config('app.all', 'on', true);
UPDATE roster_import i SET state = 'expired', ended_at = now(),
       problem = 'Rollcall was updated. Files that no open change needs were ended, because the earlier version kept columns of passwords under some headers.'
 WHERE state IN ('read', 'checked') AND NOT EXISTS (
         SELECT FROM change c WHERE c.import_id = i.id AND c.state IN ('planning', 'ready', 'scheduled', 'applying'));
DELETE FROM import_row r USING roster_import i WHERE i.id = r.import_id AND i.state = 'expired';

-- 3. What to look at in a row although it is used.
ALTER TABLE "import_row" ADD COLUMN "warnings" JSONB NOT NULL DEFAULT '[]';

-- 4. A mapping is remembered for a tenant, or, for files with a column that names tenants, for an operator. Those
--    remembered for everybody belong to nobody.
DELETE FROM import_mapping;
ALTER TABLE "import_mapping" DROP CONSTRAINT "import_mapping_pkey",
  ADD COLUMN "id" UUID NOT NULL DEFAULT gen_random_uuid(),
  ADD COLUMN "tenant_id" UUID,
  ADD COLUMN "operator_id" UUID,
  ADD CONSTRAINT "import_mapping_pkey" PRIMARY KEY ("id");
ALTER TABLE import_mapping ADD CONSTRAINT import_mapping_is_somebodys CHECK (num_nonnulls(tenant_id, operator_id) = 1);
CREATE UNIQUE INDEX "import_mapping_tenant_id_headers_key_key" ON "import_mapping"("tenant_id", "headers_key");
CREATE UNIQUE INDEX "import_mapping_operator_id_headers_key_key" ON "import_mapping"("operator_id", "headers_key");
ALTER TABLE import_mapping ENABLE ROW LEVEL SECURITY;
ALTER TABLE import_mapping FORCE ROW LEVEL SECURITY;
CREATE POLICY in_scope ON import_mapping
  USING (tenant_id IS NULL OR (SELECT scope_is_all()) OR tenant_id = ANY ((SELECT scope_tenants())::uuid[]));
