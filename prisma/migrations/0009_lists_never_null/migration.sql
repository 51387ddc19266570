-- A list may be empty, never null: every writer and reader takes it so, and so does the check of a change's tenants, since
-- `cardinality(tenant_ids) > 0` lets null pass. Prisma's models cannot say it (test/schema.db.test.ts does).
ALTER TABLE "change" ALTER COLUMN "tenant_ids" SET NOT NULL;
ALTER TABLE "operation" ALTER COLUMN "risks" SET NOT NULL, ALTER COLUMN "depends_on" SET NOT NULL;
ALTER TABLE "operation_tally" ALTER COLUMN "risks" SET NOT NULL;
ALTER TABLE "tenant" ALTER COLUMN "domains" SET NOT NULL;
ALTER TABLE "roster_entry" ALTER COLUMN "groups" SET NOT NULL;
ALTER TABLE "roster_import" ALTER COLUMN "columns" SET NOT NULL, ALTER COLUMN "tenant_ids" SET NOT NULL;
ALTER TABLE "import_row" ALTER COLUMN "cells" SET NOT NULL, ALTER COLUMN "groups" SET NOT NULL;
