-- One KnowBe4 account that was connected twice had two rosters, and each archived whom the other had added. This says
-- whether a tenant that Rollcall writes to is the same account: the same Tenant URL, and the same token or the same
-- people under the same ids. It reads all tenants and answers yes or no.
CREATE FUNCTION is_written_elsewhere(tenant uuid) RETURNS boolean
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  before text := coalesce(current_setting('app.all', true), '');
  found boolean;
BEGIN
  PERFORM set_config('app.all', 'on', true);
  SELECT EXISTS (
    SELECT FROM tenant mine JOIN tenant other ON other.tenant_url = mine.tenant_url AND other.id <> mine.id
     WHERE mine.id = is_written_elsewhere.tenant AND other.state <> 'disconnected' AND other.mode <> 'observe'
       AND (EXISTS (SELECT FROM credential a JOIN credential b ON b.fingerprint = a.fingerprint
                     WHERE a.tenant_id = mine.id AND b.tenant_id = other.id AND a.destroyed_at IS NULL AND b.destroyed_at IS NULL)
         OR EXISTS (SELECT FROM directory_user a JOIN directory_user b ON b.tenant_id = other.id AND b.resource_id = a.resource_id
                     WHERE a.tenant_id = mine.id AND b.user_name_key = a.user_name_key))) INTO found;
  PERFORM set_config('app.all', before, true);
  RETURN found;
END $$;
REVOKE EXECUTE ON FUNCTION is_written_elsewhere(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION is_written_elsewhere(uuid) TO rollcall_web;
