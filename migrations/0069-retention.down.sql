DROP FUNCTION mash.destroy_referral(uuid);
DROP FUNCTION mash.destroy_rows(regclass, text);
DROP FUNCTION mash.sum_of_counts(jsonb, jsonb);
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
DROP FUNCTION mash.referrals_of_children(uuid);
DROP FUNCTION mash.child_elsewhere(uuid, smallint);
DROP TABLE destruction_proposal;
DROP TABLE destruction;
DROP TABLE retention_hold;
DROP TABLE retention_schedule;
CREATE OR REPLACE FUNCTION mash.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
  END $$;
