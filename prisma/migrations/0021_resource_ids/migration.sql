-- An operation's resource id was overwritten by whatever a reading showed under its name: undo then restored thirty people
-- whom the change had never touched.

-- 1. Once an operation knows its resource, it never has another one. What learns an id may only fill an empty place.
CREATE FUNCTION operation_keeps_resource() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'operation % is about resource %, and never about another', old.id, old.resource_id
    USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER keeps_resource BEFORE UPDATE OF resource_id ON operation FOR EACH ROW
  WHEN (old.resource_id IS NOT NULL AND new.resource_id IS DISTINCT FROM old.resource_id)
  EXECUTE FUNCTION operation_keeps_resource();

-- 2. Drift finds our operations by the resource's id, and only those without one by its name.
CREATE INDEX "operation_tenant_id_resource_id_idx" ON "operation"("tenant_id", "resource_id");

-- 3. Attributes that the tenant refused although it accepted the operation. They stay told.
ALTER TABLE "operation" ADD COLUMN "not_taken" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[];
