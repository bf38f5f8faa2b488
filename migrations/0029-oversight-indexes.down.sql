CREATE INDEX acknowledgement_deadline_idx ON acknowledgement (deadline_id);
DROP INDEX acknowledgement_deadline_at_idx;
DROP INDEX undoing_of_decision_idx;
