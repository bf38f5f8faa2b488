DROP INDEX referral_sign_off_idx;
DROP TABLE audit_opening;
DROP INDEX audit_entry_act_idx;
DROP INDEX audit_entry_person_idx;
