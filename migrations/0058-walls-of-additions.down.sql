DROP POLICY agency ON referral_addition;
DROP POLICY staff ON referral_addition;
DROP POLICY staff ON referral_flag;
ALTER TABLE referral_addition DISABLE ROW LEVEL SECURITY;
ALTER TABLE referral_flag DISABLE ROW LEVEL SECURITY;
