DROP FUNCTION mash.destroy_referral(uuid);
DROP FUNCTION mash.destroy_rows(regclass, text);
DROP FUNCTION mash.sum_of_counts(jsonb, jsonb);
DROP FUNCTION mash.referrals_of_children(uuid);
DROP TABLE destruction_proposal;
DROP TABLE destruction;
DROP TABLE retention_hold;
DROP TABLE retention_schedule;
CREATE OR REPLACE FUNCTION mash.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
  END $$;
