-- A person of an agency who kept a form and did not send it is told once that the hub does not have it. No key leads to the
-- draft: the delivery stays when the form was sent or is gone.
ALTER TABLE delivery ADD COLUMN draft_id uuid;
ALTER TABLE delivery DROP CONSTRAINT delivery_purpose, DROP CONSTRAINT delivery_about, DROP CONSTRAINT delivery_recipient;
ALTER TABLE delivery
  ADD CONSTRAINT delivery_purpose CHECK (purpose IN ('alert', 'acknowledgement', 'weekly_summary', 'feedback', 'kept_form')) NOT VALID,
  ADD CONSTRAINT delivery_about CHECK ((purpose = 'alert') = (alert_id IS NOT NULL)
    AND (purpose = 'acknowledgement') = (referral_id IS NOT NULL) AND (purpose = 'weekly_summary') = (week IS NOT NULL)
    AND (purpose = 'feedback') = (feedback_id IS NOT NULL) AND (purpose = 'kept_form') = (draft_id IS NOT NULL)) NOT VALID,
  ADD CONSTRAINT delivery_recipient CHECK (CASE purpose
    WHEN 'alert' THEN (recipient_id IS NOT NULL) = (channel IN ('email', 'sms', 'console'))
    WHEN 'weekly_summary' THEN recipient_id IS NOT NULL
    WHEN 'kept_form' THEN recipient_id IS NOT NULL
    ELSE true END) NOT VALID;
-- Validated on their own, so that deliveries go on meanwhile.
ALTER TABLE delivery VALIDATE CONSTRAINT delivery_purpose;
ALTER TABLE delivery VALIDATE CONSTRAINT delivery_about;
ALTER TABLE delivery VALIDATE CONSTRAINT delivery_recipient;
CREATE UNIQUE INDEX delivery_kept_form_idx ON delivery (draft_id) WHERE purpose = 'kept_form';
