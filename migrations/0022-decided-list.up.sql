-- The list of decided referrals, over millions: by the instant of a period, by how long it took, and those that were
-- late, which are few.
CREATE INDEX response_time_effective_idx ON response_time (effective_at, id);
CREATE INDEX response_time_received_idx ON response_time (received_at, id);
CREATE INDEX response_time_elapsed_idx ON response_time (elapsed_minutes, id);
CREATE INDEX response_time_late_idx ON response_time (effective_at, id) WHERE NOT on_time;
CREATE INDEX response_time_over_limit_idx ON response_time (effective_at, id) WHERE NOT within_statutory_limit;
-- From a response time to the referral of which it counts: by one column, so that PostgreSQL knows how many it finds.
CREATE UNIQUE INDEX referral_response_time_idx ON referral (response_time_id) WHERE response_time_id IS NOT NULL;
-- One agency among hundreds.
CREATE INDEX referral_agency_idx ON referral (agency_id, received_at);
