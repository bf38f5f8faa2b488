DROP TABLE council_version;
DROP TABLE provider_grant;
ALTER TABLE staff_member DROP COLUMN added_by_provider, DROP COLUMN left_by_provider;
DROP TABLE role_mapping;
DROP INDEX agency_folded_name_idx;
ALTER TABLE agency DROP COLUMN folded_name;
DROP TABLE client_key_set;
