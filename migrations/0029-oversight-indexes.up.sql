-- What was taken back of a decision, its sign-off included, is found without reading every undoing.
CREATE INDEX undoing_of_decision_idx ON undoing (decision_id, undone_at);
-- Whether an alert was answered in time is known from the index alone.
CREATE INDEX acknowledgement_deadline_at_idx ON acknowledgement (deadline_id, acknowledged_at);
DROP INDEX acknowledgement_deadline_idx;
