-- What was acknowledged is on the record; the messages themselves have no place in the older shape.
DELETE FROM delivery WHERE purpose <> 'alert';
DROP INDEX delivery_follow_up_idx, delivery_acknowledgement_idx;
ALTER TABLE delivery
  DROP CONSTRAINT delivery_about,
  DROP CONSTRAINT delivery_recipient,
  DROP COLUMN purpose,
  DROP COLUMN referral_id,
  DROP COLUMN follow_up_at,
  ALTER COLUMN alert_id SET NOT NULL,
  ADD CONSTRAINT delivery_recipient CHECK ((recipient_id IS NOT NULL) = (channel IN ('email', 'sms', 'console')));
