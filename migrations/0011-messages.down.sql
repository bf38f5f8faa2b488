-- What was acknowledged is on the record; the messages themselves have no place in the older shape. A referrer who has
-- not been told yet is told by the job, which is done again.
UPDATE job SET completed_at = NULL, handed_over_at = NULL
WHERE name = 'acknowledge-referral' AND payload->>'referralId' IN (
  SELECT referral_id::text FROM delivery WHERE purpose = 'acknowledgement' AND state IN ('queued', 'sending'));
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
