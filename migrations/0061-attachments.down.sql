DROP TABLE attachment_part;
DROP TABLE attachment;
-- No page shows these any more: their alerts end.
WITH ended AS (
  UPDATE deadline SET state = 'superseded', ended_at = mash.now()
  WHERE kind = 'late_answer' AND state = 'open'
    AND split_part(subject, ' ', 2) IN (SELECT id::text FROM referral_addition WHERE kind = 'attachment')
  RETURNING id)
UPDATE deadline_step SET state = 'not_needed' WHERE state = 'waiting' AND deadline_id IN (SELECT id FROM ended);
ALTER TABLE addition_reading DISABLE TRIGGER append_only;
ALTER TABLE referral_addition DISABLE TRIGGER append_only;
DELETE FROM addition_reading WHERE addition_id IN (SELECT id FROM referral_addition WHERE kind = 'attachment');
DELETE FROM referral_addition WHERE kind = 'attachment';
ALTER TABLE referral_addition ENABLE TRIGGER append_only;
ALTER TABLE addition_reading ENABLE TRIGGER append_only;
ALTER TABLE referral_addition DROP CONSTRAINT referral_addition_kind;
ALTER TABLE referral_addition ADD CONSTRAINT referral_addition_kind
  CHECK (kind IN ('information', 'correction', 'withdrawal'));
ALTER TABLE referral_addition DROP CONSTRAINT referral_addition_correction;
ALTER TABLE referral_addition ADD CONSTRAINT referral_addition_correction CHECK ((kind = 'correction') = (pointer IS NOT NULL)
  AND (pointer IS NULL) = (right_value IS NULL) AND (kind = 'correction' OR words <> ''));
