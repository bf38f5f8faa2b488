-- What returns and oversight count is recorded when a person decides. Decisions and referrals of before stay null: what
-- was not recorded is not guessed.
ALTER TABLE decision
  ADD COLUMN progression text,
  ADD COLUMN primary_need text,
  -- A code of the policy's list (policy key `lateReasons`), which an authority changes.
  ADD COLUMN late_reason text,
  ADD COLUMN late_words text,
  ADD CONSTRAINT decision_progression
    CHECK (progression IN ('contact_only', 'referral_no_further_action', 'referral')),
  ADD CONSTRAINT decision_primary_need
    CHECK (primary_need IN ('N1', 'N2', 'N3', 'N4', 'N5', 'N6', 'N7', 'N8', 'N9', 'N0')),
  ADD CONSTRAINT decision_need_of_referral
    CHECK (progression IS NULL OR progression = 'contact_only' OR primary_need IS NOT NULL),
  ADD CONSTRAINT decision_late_reason CHECK (late_reason ~ '^[a-z][a-z0-9_]{0,59}$'),
  ADD CONSTRAINT decision_late_words CHECK (late_words IS NULL OR late_reason IS NOT NULL);

ALTER TABLE referral
  ADD COLUMN source_code text,
  ADD CONSTRAINT referral_source_code CHECK (source_code IN (
    '1A', '1B', '1C', '1D', '2A', '2B', '3A', '3B', '3C', '3D', '3E', '3F', '4', '5A', '5B', '5C', '5D', '6', '7', '8',
    '9', '10'));
DROP TRIGGER as_submitted ON referral;
CREATE TRIGGER as_submitted
  BEFORE UPDATE OF id, reference, agency_id, source_code, immediate_danger, submitted, concern_types, received_at
  ON referral FOR EACH ROW EXECUTE FUNCTION mash.keep_as_submitted();
