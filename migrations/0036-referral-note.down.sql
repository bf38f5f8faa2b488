DROP TABLE referral_note;
