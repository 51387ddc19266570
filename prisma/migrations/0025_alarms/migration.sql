-- Two things went unseen: a log that is no longer sealed, because its anchors were removed, and work that waits, because
-- no worker is there.

-- 1. The sealer tells it. Until now it could only read events and write links and seals.
GRANT SELECT, INSERT, UPDATE ON issue TO rollcall_sealer;
GRANT INSERT (body) ON event TO rollcall_sealer;
GRANT USAGE ON SEQUENCE event_id_seq TO rollcall_sealer;

-- 2. When each worker process last went through its loop. One row each, written every few seconds.
CREATE TABLE "worker" (
    "name" TEXT NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "worker_pkey" PRIMARY KEY ("name")
);
GRANT SELECT ON worker TO rollcall_web;
GRANT SELECT, INSERT, UPDATE, DELETE ON worker TO rollcall_worker;
