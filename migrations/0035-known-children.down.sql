DELETE FROM earlier_referral WHERE matched_on = 'confirmed';
ALTER TABLE earlier_referral DROP CONSTRAINT earlier_referral_matched_on;
ALTER TABLE earlier_referral ADD CONSTRAINT earlier_referral_matched_on
  CHECK (matched_on IN ('nhs_number', 'upn', 'name_and_date_of_birth'));
DROP TABLE child_judgement;
DROP TABLE child_candidate;
