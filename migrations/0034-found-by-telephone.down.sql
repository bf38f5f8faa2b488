DROP INDEX referral_adult_phone_idx;
DROP INDEX referral_referrer_phone_idx;
