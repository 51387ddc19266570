-- Who paused, cancelled or discarded a change as it stands now, and why: the page of a change says so, and looking for it
-- among the events of 200,000 operations would be slow.
ALTER TABLE "change" ADD COLUMN "steered_by" UUID, ADD COLUMN "steer_reason" TEXT;
