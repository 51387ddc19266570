-- The tables, and the three roles that serve. The migrating role owns every table and serves nothing; the others
-- own nothing, so none of them can switch off a trigger or a policy (0002_guards). Roles belong to the cluster, so
-- they may be there already. Their passwords are set after each migration, from key files.

DO $$
DECLARE
  serving text;
BEGIN
  FOREACH serving IN ARRAY ARRAY['rollcall_web', 'rollcall_worker', 'rollcall_sealer'] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = serving) THEN
      EXECUTE format('CREATE ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS', serving);
      EXECUTE format('ALTER ROLE %I SET idle_in_transaction_session_timeout = ''15s''', serving);
    END IF;
  END LOOP;
END $$;

-- CreateTable
CREATE TABLE "event" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "body" TEXT NOT NULL,
    "leaf" BYTEA NOT NULL,
    "action" TEXT NOT NULL,
    "actor_id" TEXT,
    "tenant_id" UUID,
    "change_id" UUID,

    CONSTRAINT "event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "event_pending" (
    "event_id" BIGINT NOT NULL,

    CONSTRAINT "event_pending_pkey" PRIMARY KEY ("event_id")
);

-- CreateTable
CREATE TABLE "event_link" (
    "seq" BIGINT NOT NULL,
    "event_id" BIGINT NOT NULL,
    "leaf" BYTEA NOT NULL,
    "link" BYTEA NOT NULL,

    CONSTRAINT "event_link_pkey" PRIMARY KEY ("seq")
);

-- CreateTable
CREATE TABLE "seal" (
    "number" BIGINT NOT NULL,
    "seq_to" BIGINT NOT NULL,
    "link" BYTEA NOT NULL,
    "signature" TEXT NOT NULL,
    "key_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "seal_pkey" PRIMARY KEY ("number")
);

-- CreateTable
CREATE TABLE "operator" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "password_hash" TEXT NOT NULL,
    "disabled_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "operator_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "operator_id" UUID NOT NULL,
    "id_hash" BYTEA NOT NULL,
    "address" TEXT NOT NULL,
    "user_agent" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "login_throttle" (
    "key" TEXT NOT NULL,
    "failures" INTEGER NOT NULL,
    "blocked_to" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "login_throttle_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "tenant_grant" (
    "operator_id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "tenant_grant_pkey" PRIMARY KEY ("operator_id","tenant_id")
);

-- CreateTable
CREATE TABLE "installation" (
    "purpose" TEXT NOT NULL,
    "key_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "installation_pkey" PRIMARY KEY ("purpose")
);

-- CreateTable
CREATE TABLE "directory_read" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "tenant_id" UUID NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'queued',
    "reason" TEXT,
    "requested_by" TEXT NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "lease_until" TIMESTAMPTZ(3),
    "epoch" INTEGER NOT NULL DEFAULT 0,
    "users" INTEGER NOT NULL DEFAULT 0,
    "active" INTEGER NOT NULL DEFAULT 0,
    "groups" INTEGER NOT NULL DEFAULT 0,
    "memberships" INTEGER NOT NULL DEFAULT 0,
    "added" INTEGER NOT NULL DEFAULT 0,
    "changed" INTEGER NOT NULL DEFAULT 0,
    "removed" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "directory_read_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "directory_user" (
    "tenant_id" UUID NOT NULL,
    "resource_id" TEXT NOT NULL,
    "user_name" TEXT NOT NULL,
    "user_name_key" TEXT NOT NULL,
    "display_name" TEXT NOT NULL,
    "active" BOOLEAN NOT NULL,
    "attributes" JSONB NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "directory_user_pkey" PRIMARY KEY ("tenant_id","resource_id")
);

-- CreateTable
CREATE TABLE "directory_group" (
    "tenant_id" UUID NOT NULL,
    "resource_id" TEXT NOT NULL,
    "display_name" TEXT NOT NULL,
    "members" INTEGER NOT NULL DEFAULT 0,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "directory_group_pkey" PRIMARY KEY ("tenant_id","resource_id")
);

-- CreateTable
CREATE TABLE "directory_membership" (
    "tenant_id" UUID NOT NULL,
    "group_resource_id" TEXT NOT NULL,
    "user_resource_id" TEXT NOT NULL,

    CONSTRAINT "directory_membership_pkey" PRIMARY KEY ("tenant_id","group_resource_id","user_resource_id")
);

-- CreateTable
CREATE TABLE "change" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "number" SERIAL NOT NULL,
    "kind" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'ready',
    "reason" TEXT NOT NULL,
    "ticket" TEXT,
    "intent" JSONB NOT NULL,
    "tenant_ids" UUID[],
    "requested_by" UUID NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "plan_hash" TEXT NOT NULL,
    "warnings" JSONB NOT NULL DEFAULT '[]',
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "applied_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "change_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "run" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "change_id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'planned',
    "reason" TEXT,
    "epoch" INTEGER NOT NULL DEFAULT 0,
    "lease_until" TIMESTAMPTZ(3),
    "worker" TEXT,
    "next_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "credential_version" INTEGER,
    "read_id" UUID,
    "queued_at" TIMESTAMPTZ(3),
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "operation" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "run_id" UUID NOT NULL,
    "change_id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'planned',
    "target" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "resource_key" TEXT NOT NULL,
    "resource_id" TEXT,
    "intent" JSONB NOT NULL,
    "diff" JSONB NOT NULL DEFAULT '[]',
    "why" TEXT NOT NULL DEFAULT '',
    "risks" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "depends_on" UUID[] DEFAULT ARRAY[]::UUID[],
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "epoch" INTEGER NOT NULL DEFAULT 0,
    "next_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "http_status" INTEGER,
    "reason" TEXT,
    "detail" TEXT,
    "sent_at" TIMESTAMPTZ(3),
    "accepted_at" TIMESTAMPTZ(3),
    "confirmed_at" TIMESTAMPTZ(3),
    "confirm_at" TIMESTAMPTZ(3),
    "confirms" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "operation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "attempt" (
    "id" BIGSERIAL NOT NULL,
    "operation_id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "duration_ms" INTEGER NOT NULL,
    "method" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "request_body" TEXT,
    "status" INTEGER,
    "response_body" TEXT,
    "error" TEXT,
    "request_id" TEXT,

    CONSTRAINT "attempt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "tenant" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "name" TEXT NOT NULL,
    "tenant_url" TEXT NOT NULL,
    "mode" TEXT NOT NULL DEFAULT 'observe',
    "state" TEXT NOT NULL DEFAULT 'connecting',
    "reason" TEXT,
    "reason_at" TIMESTAMPTZ(3),
    "domains" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "test_mode" BOOLEAN,
    "probe" JSONB,
    "probed_at" TIMESTAMPTZ(3),
    "rate" DOUBLE PRECISION DEFAULT 2,
    "in_flight_max" INTEGER NOT NULL DEFAULT 2,
    "cooldown_to" TIMESTAMPTZ(3),
    "failures" INTEGER NOT NULL DEFAULT 0,
    "archive_hold_min" INTEGER NOT NULL DEFAULT 3,
    "archive_hold_share" DOUBLE PRECISION NOT NULL DEFAULT 0.1,
    "connected_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "disconnected_at" TIMESTAMPTZ(3),
    "read_id" UUID,

    CONSTRAINT "tenant_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "credential" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "tenant_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_by" TEXT NOT NULL,
    "used_at" TIMESTAMPTZ(3),
    "rejected_at" TIMESTAMPTZ(3),
    "destroyed_at" TIMESTAMPTZ(3),

    CONSTRAINT "credential_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sealed_token" (
    "credential_id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "sealed" TEXT NOT NULL,

    CONSTRAINT "sealed_token_pkey" PRIMARY KEY ("credential_id")
);

-- CreateIndex
CREATE INDEX "event_tenant_id_id_idx" ON "event"("tenant_id", "id");

-- CreateIndex
CREATE INDEX "event_change_id_id_idx" ON "event"("change_id", "id");

-- CreateIndex
CREATE INDEX "event_action_id_idx" ON "event"("action", "id");

-- CreateIndex
CREATE INDEX "event_actor_id_id_idx" ON "event"("actor_id", "id");

-- CreateIndex
CREATE INDEX "event_at_idx" ON "event"("at");

-- CreateIndex
CREATE INDEX "seal_seq_to_idx" ON "seal"("seq_to");

-- CreateIndex
CREATE UNIQUE INDEX "event_link_event_id_key" ON "event_link"("event_id");

-- CreateIndex
CREATE UNIQUE INDEX "operator_email_key" ON "operator"("email");

-- CreateIndex
CREATE UNIQUE INDEX "session_id_hash_key" ON "session"("id_hash");

-- CreateIndex
CREATE INDEX "session_operator_id_idx" ON "session"("operator_id");

-- CreateIndex
CREATE INDEX "tenant_grant_tenant_id_idx" ON "tenant_grant"("tenant_id");

-- CreateIndex
CREATE INDEX "directory_read_tenant_id_requested_at_idx" ON "directory_read"("tenant_id", "requested_at" DESC);

-- CreateIndex
CREATE INDEX "directory_user_tenant_id_user_name_key_idx" ON "directory_user"("tenant_id", "user_name_key");

-- CreateIndex
CREATE INDEX "directory_user_user_name_key_tenant_id_idx" ON "directory_user"("user_name_key", "tenant_id");

-- CreateIndex
CREATE INDEX "directory_group_tenant_id_display_name_idx" ON "directory_group"("tenant_id", "display_name");

-- CreateIndex
CREATE INDEX "directory_membership_tenant_id_user_resource_id_idx" ON "directory_membership"("tenant_id", "user_resource_id");

-- CreateIndex
CREATE UNIQUE INDEX "change_number_key" ON "change"("number");

-- CreateIndex
CREATE INDEX "change_requested_at_idx" ON "change"("requested_at" DESC);

-- CreateIndex
CREATE INDEX "run_tenant_id_queued_at_idx" ON "run"("tenant_id", "queued_at");

-- CreateIndex
CREATE UNIQUE INDEX "run_change_id_tenant_id_key" ON "run"("change_id", "tenant_id");

-- CreateIndex
CREATE INDEX "operation_change_id_tenant_id_idx" ON "operation"("change_id", "tenant_id");

-- CreateIndex
CREATE UNIQUE INDEX "operation_run_id_seq_key" ON "operation"("run_id", "seq");

-- CreateIndex
CREATE INDEX "attempt_operation_id_id_idx" ON "attempt"("operation_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "credential_tenant_id_version_key" ON "credential"("tenant_id", "version");

-- AddForeignKey
ALTER TABLE "event_pending" ADD CONSTRAINT "event_pending_event_id_fkey" FOREIGN KEY ("event_id") REFERENCES "event"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "event_link" ADD CONSTRAINT "event_link_event_id_fkey" FOREIGN KEY ("event_id") REFERENCES "event"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_operator_id_fkey" FOREIGN KEY ("operator_id") REFERENCES "operator"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tenant_grant" ADD CONSTRAINT "tenant_grant_operator_id_fkey" FOREIGN KEY ("operator_id") REFERENCES "operator"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tenant_grant" ADD CONSTRAINT "tenant_grant_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "directory_read" ADD CONSTRAINT "directory_read_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "directory_user" ADD CONSTRAINT "directory_user_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "directory_group" ADD CONSTRAINT "directory_group_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "directory_membership" ADD CONSTRAINT "directory_membership_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "change" ADD CONSTRAINT "change_requested_by_fkey" FOREIGN KEY ("requested_by") REFERENCES "operator"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run" ADD CONSTRAINT "run_change_id_fkey" FOREIGN KEY ("change_id") REFERENCES "change"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run" ADD CONSTRAINT "run_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "operation" ADD CONSTRAINT "operation_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "run"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "operation" ADD CONSTRAINT "operation_change_id_fkey" FOREIGN KEY ("change_id") REFERENCES "change"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "operation" ADD CONSTRAINT "operation_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attempt" ADD CONSTRAINT "attempt_operation_id_fkey" FOREIGN KEY ("operation_id") REFERENCES "operation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attempt" ADD CONSTRAINT "attempt_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "credential" ADD CONSTRAINT "credential_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sealed_token" ADD CONSTRAINT "sealed_token_credential_id_fkey" FOREIGN KEY ("credential_id") REFERENCES "credential"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sealed_token" ADD CONSTRAINT "sealed_token_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

