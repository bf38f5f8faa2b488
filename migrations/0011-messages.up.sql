-- A message may have another purpose than an alert: the acknowledgement of a referral goes out by the same way.
ALTER TABLE delivery
  ALTER COLUMN alert_id DROP NOT NULL,
  ADD COLUMN purpose text NOT NULL DEFAULT 'alert'
    CONSTRAINT delivery_purpose CHECK (purpose IN ('alert', 'acknowledgement')),
  ADD COLUMN referral_id uuid REFERENCES referral,
  -- Since when its purpose has to draw the consequence of its outcome.
  ADD COLUMN follow_up_at timestamptz,
  ADD CONSTRAINT delivery_about CHECK (
    (purpose = 'alert') = (alert_id IS NOT NULL) AND (purpose = 'acknowledgement') = (referral_id IS NOT NULL)),
  DROP CONSTRAINT delivery_recipient,
  ADD CONSTRAINT delivery_recipient CHECK (
    purpose <> 'alert' OR (recipient_id IS NOT NULL) = (channel IN ('email', 'sms', 'console')));
CREATE INDEX delivery_follow_up_idx ON delivery (follow_up_at) WHERE follow_up_at IS NOT NULL;
CREATE UNIQUE INDEX delivery_acknowledgement_idx ON delivery (referral_id) WHERE purpose = 'acknowledgement';
