DROP INDEX job_handed_over_idx;
CREATE INDEX job_handed_over_idx ON job (handed_over_at) WHERE completed_at IS NULL;
DROP INDEX referral_claimed_by_idx;
CREATE INDEX referral_claimed_by_idx ON referral (claimed_by) WHERE status <> 'decided';
DROP TRIGGER index_people ON referral_child;
DROP TRIGGER index_people ON referral_adult;
DROP FUNCTION mash.index_people();
CREATE FUNCTION mash.index_person() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  called text := mash.fold(concat_ws(' ', NEW.submitted->>'firstName', NEW.submitted->>'lastName', NEW.submitted->>'name'));
  others text := mash.fold((SELECT string_agg(other, ' ') FROM jsonb_array_elements_text(NEW.submitted->'otherNames') other));
  name text := concat_ws(' ', nullif(called, ''), others);
BEGIN
  INSERT INTO person_name (referral_id, kind, position, name, sounds, date_of_birth, postcode, name_key)
  VALUES (NEW.referral_id, TG_ARGV[0], NEW.position, name, mash.sounds(name),
    (NEW.submitted->>'dateOfBirth')::date,
    nullif(upper(regexp_replace(NEW.submitted->'address'->>'postcode', '[^[:alnum:]]', '', 'g')), ''),
    mash.name_key(called));
  RETURN NULL;
END $$;
CREATE TRIGGER index_person AFTER INSERT ON referral_child FOR EACH ROW EXECUTE FUNCTION mash.index_person('child');
CREATE TRIGGER index_person AFTER INSERT ON referral_adult FOR EACH ROW EXECUTE FUNCTION mash.index_person('adult');
CREATE OR REPLACE FUNCTION mash.sounds(folded text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce(array_agg(DISTINCT sound), '{}')
  FROM regexp_split_to_table(folded, ' ') word, unnest(ARRAY[public.dmetaphone(word), public.dmetaphone_alt(word)]) sound
  WHERE sound <> ''
$$;
CREATE OR REPLACE FUNCTION mash.fold(name text) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE STRICT AS $$
  SELECT coalesce(trim(regexp_replace(normalize(string_agg(coalesce(folded, letter), '' ORDER BY place)), ' +', ' ', 'g')), '')
  FROM unnest(string_to_array(normalize(name), NULL)) WITH ORDINALITY AS written (letter, place)
  LEFT JOIN public.name_folding USING (letter)
$$;
