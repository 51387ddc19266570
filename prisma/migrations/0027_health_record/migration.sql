-- The code calls a tenant's last answers its health record, and the columns called them memory: one word for one thing.
ALTER TABLE tenant RENAME COLUMN memory TO health_record;
ALTER TABLE tenant RENAME COLUMN memory_at TO health_record_at;
ALTER TABLE tenant RENAME CONSTRAINT tenant_memory_whole TO tenant_health_record_whole;
