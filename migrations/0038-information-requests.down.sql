DROP INDEX deadline_request_idx;
ALTER TABLE deadline DROP CONSTRAINT deadline_kind;
ALTER TABLE deadline ADD CONSTRAINT deadline_kind CHECK (kind IN ('decision', 'claim', 'rota_gap', 'contact_failed',
  'undelivered', 'handover', 'challenge', 'supervision_action', 'canary', 'information_request', 'strategy_discussion',
  'conference', 'route_answer', 'first_response', 'feedback', 'referral_advised', 'third_contact'));
DROP TABLE decided_without, late_answer_reading, information_answer, information_chase, information_request_child,
  information_request;
