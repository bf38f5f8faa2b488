DROP TABLE decision_child;
DROP TRIGGER keep_family ON referral_child;
DROP TRIGGER keep_family ON referral_adult;
DROP FUNCTION mash.keep_family();
DROP FUNCTION mash.family_keys(jsonb);
DROP TABLE family_key;
DROP FUNCTION mash.home_key(jsonb);
