DROP INDEX deadline_third_contact_idx;
ALTER TABLE decision DROP COLUMN decided_with;
DROP TABLE referral_incident;
DROP TABLE same_incident;
