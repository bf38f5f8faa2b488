DROP POLICY agency ON draft;
DROP POLICY staff ON draft;
ALTER TABLE draft DISABLE ROW LEVEL SECURITY;

ALTER TABLE agency DROP COLUMN suspended_at;

DROP INDEX referral_agency_form_idx;
-- A person of the agency filled it in: before this there was no word for that, and the hub's own was the nearest.
UPDATE referral SET channel = 'telephone' WHERE channel = 'agency_form';
ALTER TABLE referral DROP CONSTRAINT referral_channel;
ALTER TABLE referral ADD CONSTRAINT referral_channel CHECK (channel IN ('api', 'telephone', 'walk_in'));
