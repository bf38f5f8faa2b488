-- What the counts of the queue ask of each open referral, in the order in which the two are joined: one pass over each
-- index, and none over the wide rows of the tables.
CREATE INDEX referral_open_facts_idx ON referral (id)
  INCLUDE (status, claimed_by, rating, agency_id, concern_types, decision_due_at, statutory_due_at)
  WHERE status <> 'decided';
CREATE INDEX deadline_open_claim_idx ON deadline (referral_id) INCLUDE (due_at) WHERE kind = 'claim' AND state = 'open';

-- Every open deadline of a referral stood in this index with no subject, which only the queue read, to find the claims.
DROP INDEX deadline_one_open_subject_idx;
CREATE UNIQUE INDEX deadline_one_open_subject_idx ON deadline (kind, subject)
  WHERE state = 'open' AND subject IS NOT NULL;

-- An index answers alone only where the visibility map is fresh. By default the insertion of a fifth of the table is
-- waited for, which is years in a hub that keeps its referrals.
ALTER TABLE referral SET (autovacuum_vacuum_insert_scale_factor = 0.02);
ALTER TABLE deadline SET (autovacuum_vacuum_insert_scale_factor = 0.02);
