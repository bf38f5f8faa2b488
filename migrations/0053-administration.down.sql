DROP INDEX agency_folded_name_idx;
ALTER TABLE agency DROP COLUMN folded_name;
DROP TABLE client_key_set;
