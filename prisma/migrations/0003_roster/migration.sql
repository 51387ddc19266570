-- Who should be in a tenant (roster, imports, policy, guards), what moved there (drift), what a person should look at
-- (notices), what holds for all tenants (fleet); and what changes and tenants need for schedules, pauses and rails.

-- AlterTable
ALTER TABLE "change" ADD COLUMN     "import_id" UUID,
ADD COLUMN     "parent_id" UUID,
ADD COLUMN     "paused_at" TIMESTAMPTZ(3),
ADD COLUMN     "scheduled_at" TIMESTAMPTZ(3),
ADD COLUMN     "zone" TEXT;

-- AlterTable
ALTER TABLE "operation" ADD COLUMN     "retry_of" UUID;

-- AlterTable
ALTER TABLE "tenant" ADD COLUMN     "adopted_at" TIMESTAMPTZ(3),
ADD COLUMN     "allow_archive" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "allow_create" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "allow_update" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "probe_next_at" TIMESTAMPTZ(3),
ADD COLUMN     "probes" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "quarantined_at" TIMESTAMPTZ(3),
ADD COLUMN     "rate_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "rate_max" DOUBLE PRECISION DEFAULT 2,
ADD COLUMN     "reconciled_by" UUID,
ADD COLUMN     "reconciles" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "removal_hold_min" INTEGER NOT NULL DEFAULT 3,
ADD COLUMN     "removal_hold_share" DOUBLE PRECISION NOT NULL DEFAULT 0.1,
ADD COLUMN     "restore_hold_min" INTEGER NOT NULL DEFAULT 3,
ADD COLUMN     "restore_hold_share" DOUBLE PRECISION NOT NULL DEFAULT 0.1,
ADD COLUMN     "seats" INTEGER,
ADD COLUMN     "signed_at" TIMESTAMPTZ(3),
ADD COLUMN     "signed_by" UUID,
ADD COLUMN     "sync_every_minutes" INTEGER DEFAULT 40,
ADD COLUMN     "sync_next_at" TIMESTAMPTZ(3) NOT NULL DEFAULT (now() + '00:40:00'::interval),
ADD COLUMN     "visible_in_minutes" INTEGER NOT NULL DEFAULT 240;

-- CreateTable
CREATE TABLE "drift" (
    "id" BIGSERIAL NOT NULL,
    "tenant_id" UUID NOT NULL,
    "resource_id" TEXT NOT NULL,
    "user_name" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "field" TEXT NOT NULL,
    "before" TEXT,
    "after" TEXT,
    "seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "state" TEXT NOT NULL DEFAULT 'unjudged',
    "reason" TEXT,
    "decided_by" UUID,
    "decided_at" TIMESTAMPTZ(3),
    "change_id" UUID,

    CONSTRAINT "drift_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "fleet" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "stopped_at" TIMESTAMPTZ(3),
    "stopped_by" UUID,
    "stop_reason" TEXT,
    "hold_min" INTEGER NOT NULL DEFAULT 3,
    "hold_share" DOUBLE PRECISION NOT NULL DEFAULT 0.1,

    CONSTRAINT "fleet_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notice" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "tenant_id" UUID,
    "code" TEXT NOT NULL,
    "subject" TEXT NOT NULL DEFAULT '',
    "detail" TEXT NOT NULL DEFAULT '',
    "change_id" UUID,
    "state" TEXT NOT NULL DEFAULT 'open',
    "times" INTEGER NOT NULL DEFAULT 1,
    "first_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "resolved_at" TIMESTAMPTZ(3),
    "resolved_by" UUID,

    CONSTRAINT "notice_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "roster_entry" (
    "tenant_id" UUID NOT NULL,
    "user_name_key" TEXT NOT NULL,
    "user_name" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "resource_id" TEXT,
    "fields" JSONB NOT NULL DEFAULT '{}',
    "overrides" JSONB NOT NULL DEFAULT '{}',
    "groups" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "active" BOOLEAN NOT NULL DEFAULT true,
    "absent_at" TIMESTAMPTZ(3),
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_by" TEXT NOT NULL,

    CONSTRAINT "roster_entry_pkey" PRIMARY KEY ("tenant_id","user_name_key")
);

-- CreateTable
CREATE TABLE "roster_listing" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "tenant_id" UUID NOT NULL,
    "source" TEXT NOT NULL,
    "mark" TEXT NOT NULL,
    "entries" INTEGER NOT NULL,
    "previous" INTEGER NOT NULL,
    "import_id" UUID,
    "change_id" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "roster_listing_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "roster_policy" (
    "tenant_id" UUID NOT NULL,
    "mapping" JSONB NOT NULL DEFAULT '{}',
    "scoping" JSONB NOT NULL DEFAULT '{}',
    "grouping" JSONB NOT NULL DEFAULT '{}',
    "version" INTEGER NOT NULL DEFAULT 1,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_by" UUID NOT NULL,

    CONSTRAINT "roster_policy_pkey" PRIMARY KEY ("tenant_id")
);

-- CreateTable
CREATE TABLE "person_guard" (
    "tenant_id" UUID NOT NULL,
    "user_name_key" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "note" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_by" UUID NOT NULL,

    CONSTRAINT "person_guard_pkey" PRIMARY KEY ("tenant_id","user_name_key","kind")
);

-- CreateTable
CREATE TABLE "roster_import" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "file_name" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'reading',
    "mode" TEXT NOT NULL DEFAULT 'merge',
    "delimiter" TEXT NOT NULL DEFAULT ',',
    "encoding" TEXT NOT NULL DEFAULT 'utf-8',
    "columns" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "mapping" JSONB NOT NULL DEFAULT '{}',
    "tenant_ids" UUID[],
    "rows" INTEGER NOT NULL DEFAULT 0,
    "good" INTEGER NOT NULL DEFAULT 0,
    "bad" INTEGER NOT NULL DEFAULT 0,
    "problem" TEXT,
    "requested_by" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "roster_import_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "import_row" (
    "import_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "tenant_id" UUID,
    "cells" TEXT[],
    "user_name_key" TEXT,
    "fields" JSONB NOT NULL DEFAULT '{}',
    "groups" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "active" BOOLEAN,
    "problems" JSONB NOT NULL DEFAULT '[]',
    "is_good" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "import_row_pkey" PRIMARY KEY ("import_id","seq")
);

-- CreateTable
CREATE TABLE "import_mapping" (
    "headers_key" TEXT NOT NULL,
    "mapping" JSONB NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_by" UUID NOT NULL,

    CONSTRAINT "import_mapping_pkey" PRIMARY KEY ("headers_key")
);

-- CreateIndex
CREATE INDEX "drift_tenant_id_state_id_idx" ON "drift"("tenant_id", "state", "id");

-- CreateIndex
CREATE INDEX "notice_state_last_at_idx" ON "notice"("state", "last_at" DESC);

-- CreateIndex
CREATE INDEX "notice_tenant_id_state_idx" ON "notice"("tenant_id", "state");

-- CreateIndex
CREATE INDEX "roster_entry_tenant_id_resource_id_idx" ON "roster_entry"("tenant_id", "resource_id");

-- CreateIndex
CREATE INDEX "roster_listing_tenant_id_at_idx" ON "roster_listing"("tenant_id", "at" DESC);

-- CreateIndex
CREATE INDEX "roster_import_created_at_idx" ON "roster_import"("created_at" DESC);

-- CreateIndex
CREATE INDEX "import_row_import_id_tenant_id_user_name_key_idx" ON "import_row"("import_id", "tenant_id", "user_name_key");

-- CreateIndex
CREATE INDEX "change_parent_id_idx" ON "change"("parent_id");

-- CreateIndex
CREATE INDEX "operation_tenant_id_resource_key_idx" ON "operation"("tenant_id", "resource_key");

-- AddForeignKey
ALTER TABLE "drift" ADD CONSTRAINT "drift_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notice" ADD CONSTRAINT "notice_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "change" ADD CONSTRAINT "change_parent_id_fkey" FOREIGN KEY ("parent_id") REFERENCES "change"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "roster_entry" ADD CONSTRAINT "roster_entry_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "roster_listing" ADD CONSTRAINT "roster_listing_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "roster_policy" ADD CONSTRAINT "roster_policy_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "person_guard" ADD CONSTRAINT "person_guard_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "import_row" ADD CONSTRAINT "import_row_import_id_fkey" FOREIGN KEY ("import_id") REFERENCES "roster_import"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
