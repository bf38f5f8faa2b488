DELETE FROM delivery WHERE purpose = 'kept_form';
DROP INDEX delivery_kept_form_idx;
ALTER TABLE delivery DROP CONSTRAINT delivery_purpose, DROP CONSTRAINT delivery_about, DROP CONSTRAINT delivery_recipient;
ALTER TABLE delivery DROP COLUMN draft_id;
ALTER TABLE delivery
  ADD CONSTRAINT delivery_purpose CHECK (purpose IN ('alert', 'acknowledgement', 'weekly_summary', 'feedback')),
  ADD CONSTRAINT delivery_about CHECK ((purpose = 'alert') = (alert_id IS NOT NULL)
    AND (purpose = 'acknowledgement') = (referral_id IS NOT NULL) AND (purpose = 'weekly_summary') = (week IS NOT NULL)
    AND (purpose = 'feedback') = (feedback_id IS NOT NULL)),
  ADD CONSTRAINT delivery_recipient CHECK (CASE purpose
    WHEN 'alert' THEN (recipient_id IS NOT NULL) = (channel IN ('email', 'sms', 'console'))
    WHEN 'weekly_summary' THEN recipient_id IS NOT NULL
    ELSE true END);
