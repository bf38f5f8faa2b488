CREATE INDEX referral_referrer_phone_idx ON referral ((submitted->'referrer'->>'phone'))
  WHERE submitted->'referrer'->>'phone' IS NOT NULL;
CREATE INDEX referral_adult_phone_idx ON referral_adult ((submitted->>'phone')) WHERE submitted->>'phone' IS NOT NULL;
