ALTER TABLE deadline RESET (autovacuum_vacuum_insert_scale_factor);
ALTER TABLE referral RESET (autovacuum_vacuum_insert_scale_factor);
DROP INDEX deadline_one_open_subject_idx;
CREATE UNIQUE INDEX deadline_one_open_subject_idx ON deadline (kind, subject) WHERE state = 'open';
DROP INDEX deadline_open_claim_idx;
DROP INDEX referral_open_facts_idx;
