-- The form for agencies without a program: their people sign in, refer and see what became of it.

-- A referral of a person of the agency itself. Who took it down, or filled in the form, stands beside it as before.
ALTER TABLE referral DROP CONSTRAINT referral_channel;
ALTER TABLE referral ADD CONSTRAINT referral_channel CHECK (channel IN ('api', 'agency_form', 'telephone', 'walk_in'));
CREATE INDEX referral_agency_form_idx ON referral (agency_id, received_at) WHERE channel = 'agency_form';

-- Since when an agency may do nothing here, neither its people nor its programs; null for one that may.
ALTER TABLE agency ADD COLUMN suspended_at timestamp with time zone;

-- What a person is typing is theirs alone, and sealed. No other person's transaction sees the row, nor another agency's.
ALTER TABLE draft ENABLE ROW LEVEL SECURITY;
CREATE POLICY staff ON draft TO mash_staff USING (owner_id = mash.acting());
CREATE POLICY agency ON draft TO mash_agency
  USING (owner_id IN (SELECT id FROM staff_member WHERE agency_id = mash.acting()));
