-- Lists of people, tenants and events that take as long in a large installation as in a small one. A page of a million
-- people sorted them all for its first hundred, and a search read every row: row-level security hides an index from LIKE.

-- 1. What people are listed and found by: both made in code (lib/directory/search-words.ts), both compared byte by byte.
ALTER TABLE "directory_user" ADD COLUMN "sort_key" TEXT COLLATE "C" NOT NULL DEFAULT '',
                             ADD COLUMN "words" TEXT COLLATE "C" NOT NULL DEFAULT '';

-- 2. Who was mirrored before, folded here as the code folds. Where the two differ, the next reading writes the code's.
--    The owner, too, sees only the rows that it says it reaches.
SELECT set_config('app.all', 'on', true);
CREATE FUNCTION folded(given text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT translate(replace(replace(replace(replace(lower(regexp_replace(
    normalize(lower(given), NFKD), '[\u0300-\u036f]', '', 'g')), 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th'),
    'øłđðıς’', 'olddiσ''')
$$;
CREATE FUNCTION worded(ids text, others text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  WITH token AS (
    SELECT regexp_replace(each, '^[^[:alnum:]]+|[^[:alnum:]]+$', '', 'g') AS whole
      FROM regexp_split_to_table(folded(concat_ws(' ', ids, others)), '\s+') AS each),
  found AS (
    SELECT left(whole, 64) COLLATE "C" AS word FROM token
     UNION SELECT split_part(left(whole, 64), '@', 2) FROM token
     UNION SELECT piece FROM token, regexp_split_to_table(split_part(left(whole, 64), '@', 1), '[^[:alnum:]]+') AS piece
            WHERE length(piece) > 1 AND whole !~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$')
  SELECT coalesce(' ' || string_agg(word, ' ' ORDER BY word) || ' ', '') FROM found f
   WHERE word <> '' AND NOT EXISTS (SELECT FROM found longer WHERE longer.word <> f.word AND starts_with(longer.word, f.word))
$$;
UPDATE directory_user SET sort_key = left(folded(display_name), 100),
       words = worded(concat_ws(' ', attributes ->> 'employeeNumber', attributes ->> 'externalId'),
                      concat_ws(' ', display_name, user_name, attributes ->> 'title'));
DROP FUNCTION worded(text, text);
DROP FUNCTION folded(text);

-- 3. The order of the list for all tenants together and for each, with the state before it: a list of both states merges two.
CREATE INDEX "directory_user_active_sort_key_tenant_id_resource_id_idx"
  ON "directory_user"("active", "sort_key", "tenant_id", "resource_id");
CREATE INDEX "directory_user_tenant_id_active_sort_key_resource_id_idx"
  ON "directory_user"("tenant_id", "active", "sort_key", "resource_id");

-- 4. Each word of each person. `>=` and `<` on a word are leakproof, so they find a prefix by the key under row-level
--    security. The place in the list is part of the key: the first hundred of many are found without asking who they are.
CREATE TABLE "directory_word" (
    "tenant_id" UUID NOT NULL,
    "word" TEXT COLLATE "C" NOT NULL,
    "sort_key" TEXT COLLATE "C" NOT NULL,
    "resource_id" TEXT NOT NULL,

    CONSTRAINT "directory_word_pkey" PRIMARY KEY ("tenant_id", "word", "sort_key", "resource_id")
);
INSERT INTO directory_word (tenant_id, word, sort_key, resource_id)
SELECT u.tenant_id, w.word, u.sort_key, u.resource_id
  FROM directory_user u, string_to_table(btrim(u.words), ' ') AS w (word) ORDER BY 1, 2;

ALTER TABLE directory_word ENABLE ROW LEVEL SECURITY;
ALTER TABLE directory_word FORCE ROW LEVEL SECURITY;
CREATE POLICY in_scope ON directory_word
  USING ((SELECT scope_is_all()) OR tenant_id = ANY ((SELECT scope_tenants())::uuid[]));
GRANT SELECT ON directory_word TO rollcall_web;

-- Kept by the database, so that no writer of people can forget it. SECURITY DEFINER: writers need no right to write here.
CREATE FUNCTION directory_words_of_new() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO directory_word (tenant_id, word, sort_key, resource_id)
  SELECT c.tenant_id, w.word, c.sort_key, c.resource_id
    FROM came c, string_to_table(btrim(c.words), ' ') AS w (word) ORDER BY 1, 2;
  RETURN NULL;
END $$;
CREATE FUNCTION directory_words_of_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  DELETE FROM directory_word d USING went o, came n, string_to_table(btrim(o.words), ' ') AS w (word)
   WHERE (n.tenant_id, n.resource_id) = (o.tenant_id, o.resource_id) AND (n.words, n.sort_key) <> (o.words, o.sort_key)
     AND d.tenant_id = o.tenant_id AND d.word = w.word AND d.sort_key = o.sort_key AND d.resource_id = o.resource_id;
  INSERT INTO directory_word (tenant_id, word, sort_key, resource_id)
  SELECT n.tenant_id, w.word, n.sort_key, n.resource_id
    FROM came n, went o, string_to_table(btrim(n.words), ' ') AS w (word)
   WHERE (n.tenant_id, n.resource_id) = (o.tenant_id, o.resource_id) AND (n.words, n.sort_key) <> (o.words, o.sort_key);
  RETURN NULL;
END $$;
CREATE FUNCTION directory_words_of_gone() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  DELETE FROM directory_word d USING went o, string_to_table(btrim(o.words), ' ') AS w (word)
   WHERE d.tenant_id = o.tenant_id AND d.word = w.word AND d.sort_key = o.sort_key AND d.resource_id = o.resource_id;
  RETURN NULL;
END $$;
CREATE TRIGGER directory_words_of_new AFTER INSERT ON directory_user REFERENCING NEW TABLE AS came
  FOR EACH STATEMENT EXECUTE FUNCTION directory_words_of_new();
CREATE TRIGGER directory_words_of_changed AFTER UPDATE ON directory_user REFERENCING NEW TABLE AS came OLD TABLE AS went
  FOR EACH STATEMENT EXECUTE FUNCTION directory_words_of_changed();
CREATE TRIGGER directory_words_of_gone AFTER DELETE ON directory_user REFERENCING OLD TABLE AS went
  FOR EACH STATEMENT EXECUTE FUNCTION directory_words_of_gone();

-- 5. A group is filtered by its name, whatever the case.
ALTER TABLE "directory_group" ADD COLUMN "name_key" TEXT COLLATE "C" GENERATED ALWAYS AS (lower(display_name)) STORED;
CREATE INDEX "directory_group_name_key_tenant_id_idx" ON "directory_group"("name_key", "tenant_id");
