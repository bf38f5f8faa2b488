-- No page shows these any more: their alerts end.
WITH ended AS (
  UPDATE deadline SET state = 'superseded', ended_at = mash.now()
  WHERE kind = 'late_answer' AND state = 'open' AND split_part(subject, ' ', 2) IN (SELECT id::text FROM referral_addition)
  RETURNING id)
UPDATE deadline_step SET state = 'not_needed' WHERE state = 'waiting' AND deadline_id IN (SELECT id FROM ended);
DROP TABLE agency_event;
DROP TABLE addition_reading;
DROP TABLE referral_addition;
DROP INDEX referral_sender_reference_idx;
