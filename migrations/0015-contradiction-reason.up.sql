ALTER TABLE decision ADD COLUMN contradiction_reason text;
-- A referral finds the later ones of the same children.
CREATE INDEX earlier_referral_earlier_idx ON earlier_referral (earlier_id);
