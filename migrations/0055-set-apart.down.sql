DROP TABLE flag_clearing;
DROP TABLE referral_flag;
