-- An agency's role could read tables of the hub that no act of an agency needs, and every person of the hub why a record is
-- restricted, though its page shows that to those only who may open it.
REVOKE ALL ON restriction, restriction_grant, restriction_bar, restricted_child, restricted_referral, glass_broken, glass_review,
  supervision_note, supervision_action, supervision_action_done, challenge, challenge_answer, challenge_reply,
  sample, sample_item, sample_grade, session, provider_grant, referral_note, claim_note, child_judgement, child_candidate,
  case_check, child_views, audit_opening FROM mash_agency;

CREATE FUNCTION mash.restriction_reason(restricted uuid) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
  SELECT r.reason FROM restriction r WHERE r.id = $1 AND (current_setting('role') <> 'mash_staff' OR (
    EXISTS (SELECT FROM restriction_grant g WHERE g.restriction_id = r.id AND g.staff_id = mash.acting()
      AND g.ended_at IS NULL AND g.until > mash.now())
    AND NOT EXISTS (SELECT FROM restriction_bar b
      WHERE b.restriction_id = r.id AND b.staff_id = mash.acting() AND b.ended_at IS NULL)))
$$;
REVOKE SELECT ON restriction FROM mash_staff;
DO $$
BEGIN
  EXECUTE (SELECT format('GRANT SELECT (%s) ON restriction TO mash_staff', string_agg(quote_ident(attname), ', '))
    FROM pg_attribute WHERE attrelid = 'restriction'::regclass AND attnum > 0 AND NOT attisdropped
      AND attname NOT IN ('reason', 'end_reason'));
END $$;
