-- What an agency adds to a referral, and a value of it that was set apart, stand behind the wall of the referral.
SELECT mash.wall('referral_addition', 'referral_id'), mash.wall('referral_flag', 'referral_id');
CREATE POLICY agency ON referral_addition TO mash_agency USING (agency_id = mash.acting());
