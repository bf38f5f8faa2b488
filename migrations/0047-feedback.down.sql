DELETE FROM delivery WHERE purpose = 'feedback';
DROP INDEX delivery_feedback_idx;
ALTER TABLE delivery
  DROP CONSTRAINT delivery_about,
  ADD CONSTRAINT delivery_about CHECK (
    (purpose = 'alert') = (alert_id IS NOT NULL) AND (purpose = 'acknowledgement') = (referral_id IS NOT NULL)
    AND (purpose = 'weekly_summary') = (week IS NOT NULL)),
  DROP CONSTRAINT delivery_purpose,
  ADD CONSTRAINT delivery_purpose CHECK (purpose IN ('alert', 'acknowledgement', 'weekly_summary')),
  DROP COLUMN feedback_id;
DROP TABLE feedback_act;
DROP TABLE feedback;
ALTER TABLE decision DROP COLUMN reason_to_referrer;
ALTER TABLE agency DROP COLUMN feedback_by;
