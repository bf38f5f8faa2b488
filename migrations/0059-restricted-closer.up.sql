-- What an attack on restricted records found open: a referral that comes while its child is being restricted, and advice that
-- was asked about the child.

-- By what a child can be found to be one of a restriction: its place, its numbers, its name with its date of birth. Acts that
-- could make two of these one child wait for each other, until the first is committed; acts about other children do not.
CREATE FUNCTION mash.lock_children(uuid[], smallint[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashed) FROM (
    SELECT DISTINCT hashtextextended(key, 59) AS hashed
    FROM unnest($1, $2) place (referral_id, position) JOIN referral_child c USING (referral_id, position)
    CROSS JOIN LATERAL (VALUES (c.referral_id || ' ' || c.position), ('nhs ' || c.nhs_number), ('upn ' || c.upn),
      (c.name_key || ' ' || c.date_of_birth)) one (key)
    WHERE key IS NOT NULL ORDER BY hashed) ordered;
END $$;

-- Covers every referral in which a child of a restriction appears: one that persons joined, or that has the same number, or
-- the same name and date of birth. It looks again until it holds the lock of every child that it found.
CREATE OR REPLACE FUNCTION mash.cover(restricted uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
  found integer;
BEGIN
  LOOP
    PERFORM mash.lock_children(array_agg(referral_id), array_agg(position))
    FROM restricted_child WHERE restriction_id = restricted;
    INSERT INTO restricted_child (restriction_id, referral_id, position)
    WITH RECURSIVE same (referral_id, position) AS (
      SELECT referral_id, position FROM restricted_child WHERE restriction_id = restricted
      UNION
      SELECT other.id, other.position FROM same JOIN LATERAL (
        SELECT other_id AS id, other_position AS position FROM child_judgement
        WHERE one_id = same.referral_id AND one_position = same.position AND is_same AND ended_at IS NULL
        UNION ALL
        SELECT one_id, one_position FROM child_judgement
        WHERE other_id = same.referral_id AND other_position = same.position AND is_same AND ended_at IS NULL
        UNION ALL
        SELECT c.referral_id, c.position FROM referral_child k JOIN referral_child c ON c.nhs_number = k.nhs_number
          OR c.upn = k.upn OR c.name_key = k.name_key AND c.date_of_birth = k.date_of_birth
        WHERE k.referral_id = same.referral_id AND k.position = same.position) other ON true)
    SELECT restricted, referral_id, position FROM same
    ON CONFLICT DO NOTHING;
    GET DIAGNOSTICS found = ROW_COUNT;
    EXIT WHEN found = 0;
  END LOOP;
  INSERT INTO restricted_referral (restriction_id, referral_id, covered_at)
  SELECT DISTINCT restricted, referral_id, mash.now() FROM restricted_child WHERE restriction_id = restricted
  ON CONFLICT DO NOTHING;
END $$;

CREATE OR REPLACE FUNCTION mash.cover_as_it_comes() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM mash.lock_children(array_agg(referral_id), array_agg(position)) FROM children;
  PERFORM mash.cover(id) FROM (
    SELECT DISTINCT r.id FROM restriction r JOIN restricted_child known ON known.restriction_id = r.id
    JOIN referral_child k ON k.referral_id = known.referral_id AND k.position = known.position
    JOIN children c ON c.nhs_number = k.nhs_number OR c.upn = k.upn
      OR c.name_key = k.name_key AND c.date_of_birth = k.date_of_birth
    WHERE r.ended_at IS NULL) restricted;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION mash.cover_as_joined() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM mash.lock_children(array_agg(id), array_agg(position)) FROM (
    SELECT one_id AS id, one_position AS position FROM joined WHERE is_same
    UNION ALL SELECT other_id, other_position FROM joined WHERE is_same) place;
  PERFORM mash.cover(id) FROM (
    SELECT DISTINCT r.id FROM restriction r JOIN restricted_child known ON known.restriction_id = r.id
    JOIN joined j ON j.is_same AND (known.referral_id, known.position)
      IN ((j.one_id, j.one_position), (j.other_id, j.other_position))
    WHERE r.ended_at IS NULL) restricted;
  RETURN NULL;
END $$;

-- Advice that a person of the hub may not read: a referral came of it that is hidden from them, or it was asked about a child
-- who has the name of a hidden one and no other date of birth.
CREATE FUNCTION mash.advice_hidden_from(person uuid) RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER ROWS 20
SET search_path = public, pg_temp AS $$
  WITH hidden (referral_id) AS MATERIALIZED (SELECT mash.hidden_from(person))
  SELECT e.consultation_id FROM consultation_end e JOIN hidden USING (referral_id)
  UNION
  SELECT k.consultation_id FROM hidden JOIN restricted_child USING (referral_id)
  JOIN referral_child c USING (referral_id, position)
  JOIN consultation_child k ON k.name_key = c.name_key
    AND (k.date_of_birth = c.date_of_birth OR k.date_of_birth IS NULL OR c.date_of_birth IS NULL)
$$;

ALTER TABLE consultation ENABLE ROW LEVEL SECURITY;
CREATE POLICY staff ON consultation TO mash_staff
  USING ((SELECT mash.sees_children()) AND id NOT IN (SELECT mash.advice_hidden_from(mash.acting()))) WITH CHECK (true);
ALTER TABLE consultation_child ENABLE ROW LEVEL SECURITY;
CREATE POLICY staff ON consultation_child TO mash_staff
  USING ((SELECT mash.sees_children()) AND consultation_id NOT IN (SELECT mash.advice_hidden_from(mash.acting())))
  WITH CHECK (true);

-- A manager is told when a restriction is to be looked at, or no manager can change it any more.
DO $$
DECLARE
  kinds text;
BEGIN
  SELECT pg_get_constraintdef(oid) INTO kinds FROM pg_constraint
    WHERE conname = 'deadline_kind' AND conrelid = 'public.deadline'::regclass;
  ALTER TABLE public.deadline DROP CONSTRAINT deadline_kind;
  EXECUTE 'ALTER TABLE public.deadline ADD CONSTRAINT deadline_kind '
    || replace(kinds, '''canary''::text', '''canary''::text, ''restriction_review''::text');
END $$;
