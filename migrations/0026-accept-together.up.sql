-- Referrals that come at the same time are stored by one statement. The names of all their people are derived by one
-- statement as well, and not by one for each person.

-- A name in ASCII needs no table: this is what the table says of it.
CREATE OR REPLACE FUNCTION mash.fold(name text) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE STRICT AS $$
  SELECT CASE WHEN octet_length(name) = char_length(name)
    THEN trim(regexp_replace(translate(name, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ''`', 'abcdefghijklmnopqrstuvwxyz') COLLATE "C",
      '[^a-z0-9]+', ' ', 'g'))
    ELSE (
      SELECT coalesce(trim(regexp_replace(normalize(string_agg(coalesce(folded, letter), '' ORDER BY place)), ' +', ' ', 'g')), '')
      FROM unnest(string_to_array(normalize(name), NULL)) WITH ORDINALITY AS written (letter, place)
      LEFT JOIN public.name_folding USING (letter))
  END
$$;
CREATE OR REPLACE FUNCTION mash.sounds(folded text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce(array_agg(DISTINCT sound), '{}')
  FROM string_to_table(folded, ' ') word, unnest(ARRAY[public.dmetaphone(word), public.dmetaphone_alt(word)]) sound
  WHERE sound <> ''
$$;

CREATE FUNCTION mash.index_people() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO person_name (referral_id, kind, position, name, sounds, date_of_birth, postcode, name_key)
  SELECT referral_id, TG_ARGV[0], position, name, mash.sounds(name), (submitted->>'dateOfBirth')::date,
    nullif(upper(regexp_replace(submitted->'address'->>'postcode', '[^[:alnum:]]', '', 'g')), ''), mash.name_key(called)
  FROM (
    SELECT referral_id, position, submitted, called, concat_ws(' ', nullif(called, ''), others) AS name
    FROM (
      SELECT referral_id, position, submitted,
        mash.fold(concat_ws(' ', submitted->>'firstName', submitted->>'lastName', submitted->>'name')) AS called,
        mash.fold((SELECT string_agg(other, ' ') FROM jsonb_array_elements_text(submitted->'otherNames') other)) AS others
      FROM people OFFSET 0) folded
    OFFSET 0) named;
  RETURN NULL;
END $$;
DROP TRIGGER index_person ON referral_child;
DROP TRIGGER index_person ON referral_adult;
DROP FUNCTION mash.index_person();
CREATE TRIGGER index_people AFTER INSERT ON referral_child REFERENCING NEW TABLE AS people
  FOR EACH STATEMENT EXECUTE FUNCTION mash.index_people('child');
CREATE TRIGGER index_people AFTER INSERT ON referral_adult REFERENCING NEW TABLE AS people
  FOR EACH STATEMENT EXECUTE FUNCTION mash.index_people('adult');

-- No entry for what no question asks for: a referral that no person holds, a job that was not handed over.
DROP INDEX referral_claimed_by_idx;
CREATE INDEX referral_claimed_by_idx ON referral (claimed_by) WHERE status <> 'decided' AND claimed_by IS NOT NULL;
DROP INDEX job_handed_over_idx;
CREATE INDEX job_handed_over_idx ON job (handed_over_at) WHERE completed_at IS NULL AND handed_over_at IS NOT NULL;
