-- The set-up page belonged to whoever opened it first. It now asks for a code that the start prints at the console: the
-- owner of the database writes its hash here, and only while there is no operator.
CREATE TABLE "setup_code" (
    "code_hash" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "setup_code_pkey" PRIMARY KEY ("code_hash")
);

-- The web process uses a code up. It can make none.
GRANT SELECT, DELETE ON setup_code TO rollcall_web;
