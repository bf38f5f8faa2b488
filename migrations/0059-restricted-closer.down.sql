DROP POLICY staff ON consultation;
DROP POLICY staff ON consultation_child;
ALTER TABLE consultation DISABLE ROW LEVEL SECURITY;
ALTER TABLE consultation_child DISABLE ROW LEVEL SECURITY;
DROP FUNCTION mash.advice_hidden_from(uuid);

CREATE OR REPLACE FUNCTION mash.cover(restricted uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
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
  INSERT INTO restricted_referral (restriction_id, referral_id, covered_at)
  SELECT DISTINCT restricted, referral_id, mash.now() FROM restricted_child WHERE restriction_id = restricted
  ON CONFLICT DO NOTHING;
END $$;

CREATE OR REPLACE FUNCTION mash.cover_as_it_comes() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
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
  PERFORM mash.cover(id) FROM (
    SELECT DISTINCT r.id FROM restriction r JOIN restricted_child known ON known.restriction_id = r.id
    JOIN joined j ON j.is_same AND (known.referral_id, known.position)
      IN ((j.one_id, j.one_position), (j.other_id, j.other_position))
    WHERE r.ended_at IS NULL) restricted;
  RETURN NULL;
END $$;

DROP FUNCTION mash.lock_children(uuid[], smallint[]);

DELETE FROM alert WHERE deadline_id IN (SELECT id FROM deadline WHERE kind = 'restriction_review') AND told = '{}';
DELETE FROM deadline_step WHERE deadline_id IN (SELECT id FROM deadline WHERE kind = 'restriction_review');
DELETE FROM deadline WHERE kind = 'restriction_review';
DO $$
DECLARE
  kinds text;
BEGIN
  SELECT pg_get_constraintdef(oid) INTO kinds FROM pg_constraint
    WHERE conname = 'deadline_kind' AND conrelid = 'public.deadline'::regclass;
  ALTER TABLE public.deadline DROP CONSTRAINT deadline_kind;
  EXECUTE 'ALTER TABLE public.deadline ADD CONSTRAINT deadline_kind ' || replace(kinds, ', ''restriction_review''::text', '');
END $$;
