REVOKE SELECT (id, category, set_by, set_at, review_at, ended_by, ended_at) ON restriction FROM mash_staff;
GRANT SELECT ON restriction TO mash_staff;
DROP FUNCTION mash.restriction_reason(uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON restriction, restriction_grant, restriction_bar, restricted_child, restricted_referral,
  glass_broken, glass_review, supervision_note, supervision_action, supervision_action_done, challenge, challenge_answer,
  challenge_reply, sample, sample_item, sample_grade, session, provider_grant, referral_note, claim_note, child_judgement,
  child_candidate, case_check, child_views, audit_opening TO mash_agency;
