-- What a rail needs to know of other tenants was read as far as the reader's scope reached: a plan that refused an address
-- for an owner let it pass for a technician and in a sync, and its hash differed by reader. These read all tenants and
-- say no more than that there is one.

-- 1. The domains that any tenant owns, without whose they are.
CREATE FUNCTION owned_domains() RETURNS SETOF text
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  before text := coalesce(current_setting('app.all', true), '');
BEGIN
  PERFORM set_config('app.all', 'on', true);
  RETURN QUERY SELECT DISTINCT unnest(t.domains) FROM tenant t WHERE t.state <> 'disconnected';
  PERFORM set_config('app.all', before, true);
END $$;
REVOKE EXECUTE ON FUNCTION owned_domains() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION owned_domains() TO rollcall_web, rollcall_worker;

-- 2. Which of these addresses an account of another tenant has.
CREATE FUNCTION keys_elsewhere(tenant uuid, keys text[]) RETURNS SETOF text
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  before text := coalesce(current_setting('app.all', true), '');
BEGIN
  PERFORM set_config('app.all', 'on', true);
  RETURN QUERY
    SELECT DISTINCT u.user_name_key FROM directory_user u JOIN tenant t ON t.id = u.tenant_id
     WHERE u.user_name_key = ANY (keys) AND u.tenant_id <> keys_elsewhere.tenant AND t.state <> 'disconnected';
  PERFORM set_config('app.all', before, true);
END $$;
REVOKE EXECUTE ON FUNCTION keys_elsewhere(uuid, text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION keys_elsewhere(uuid, text[]) TO rollcall_web, rollcall_worker;
