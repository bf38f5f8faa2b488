-- Names that were folded anew stay so: the earlier keys were made by the application.
DROP INDEX person_name_key_idx;
ALTER TABLE person_name DROP COLUMN name_key;
CREATE EXTENSION unaccent SCHEMA public;
CREATE OR REPLACE FUNCTION mash.fold(name text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
        SELECT trim(regexp_replace(lower(public.unaccent('public.unaccent', normalize(name, NFKC))), '[^[:alnum:]]+', ' ', 'g'))
      $$;
DROP FUNCTION mash.name_key(text);
DROP FUNCTION mash.sounds(text);
CREATE FUNCTION mash.sounds(name text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
        SELECT coalesce(array_agg(DISTINCT sound), '{}') FROM (
          SELECT public.dmetaphone(word) AS sound FROM regexp_split_to_table(mash.fold(name), ' ') word
          UNION SELECT public.dmetaphone_alt(word) FROM regexp_split_to_table(mash.fold(name), ' ') word) s
        WHERE sound <> ''
      $$;
CREATE OR REPLACE FUNCTION mash.index_person() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE
        called text := concat_ws(' ', NEW.submitted->>'firstName', NEW.submitted->>'lastName', NEW.submitted->>'name',
          (SELECT string_agg(other, ' ') FROM jsonb_array_elements_text(NEW.submitted->'otherNames') other));
      BEGIN
        INSERT INTO person_name VALUES (NEW.referral_id, TG_ARGV[0], NEW.position, mash.fold(called), mash.sounds(called),
          (NEW.submitted->>'dateOfBirth')::date,
          nullif(upper(regexp_replace(NEW.submitted->'address'->>'postcode', '[^[:alnum:]]', '', 'g')), ''));
        RETURN NULL;
      END $$;
DROP TABLE name_folding;
