DROP TRIGGER as_submitted ON referral;
CREATE TRIGGER as_submitted
  BEFORE UPDATE OF id, reference, agency_id, immediate_danger, submitted, concern_types, received_at
  ON referral FOR EACH ROW EXECUTE FUNCTION mash.keep_as_submitted();
ALTER TABLE referral DROP COLUMN source_code;
ALTER TABLE decision
  DROP COLUMN progression,
  DROP COLUMN primary_need,
  DROP COLUMN late_reason,
  DROP COLUMN late_words;
