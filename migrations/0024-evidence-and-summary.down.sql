DELETE FROM delivery WHERE purpose = 'weekly_summary';
DROP INDEX delivery_weekly_summary_idx;
ALTER TABLE delivery
  DROP CONSTRAINT delivery_recipient,
  ADD CONSTRAINT delivery_recipient CHECK (
    purpose <> 'alert' OR (recipient_id IS NOT NULL) = (channel IN ('email', 'sms', 'console'))),
  DROP CONSTRAINT delivery_about,
  ADD CONSTRAINT delivery_about CHECK (
    (purpose = 'alert') = (alert_id IS NOT NULL) AND (purpose = 'acknowledgement') = (referral_id IS NOT NULL)),
  DROP CONSTRAINT delivery_purpose,
  ADD CONSTRAINT delivery_purpose CHECK (purpose IN ('alert', 'acknowledgement')),
  DROP COLUMN week;
DROP TABLE weekly_summary;
DROP TABLE evidence_part;
DROP TABLE evidence_pack;
