DROP INDEX earlier_referral_earlier_idx;
ALTER TABLE decision DROP COLUMN contradiction_reason;
