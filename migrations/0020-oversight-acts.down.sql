DROP TABLE supervision_action_done, supervision_action, supervision_note, sample_criterion, sample_grade,
  sample_blind_reading, sample_item, sample, challenge_reply, challenge_answer, challenge;
-- Fails while there is a deadline of a challenge or an action: none is thrown away.
ALTER TABLE deadline DROP CONSTRAINT deadline_kind;
ALTER TABLE deadline ADD CONSTRAINT deadline_kind CHECK (kind IN ('decision', 'claim', 'rota_gap', 'contact_failed',
  'undelivered', 'handover', 'canary'));
ALTER TABLE deadline DROP COLUMN owner_id;
