REVOKE DELETE ON attachment FROM mash_agency;
-- What is in a store beside the database cannot be brought back by a statement: the migration stops where there is such a file.
DO $$
BEGIN
  IF EXISTS (SELECT FROM attachment_part WHERE object_id IS NOT NULL) THEN
    RAISE EXCEPTION 'parts of files are in the store of S3_ENDPOINT: they would be lost';
  END IF;
END $$;
ALTER TABLE attachment_part DROP CONSTRAINT attachment_part_placed, DROP COLUMN object_id, ALTER COLUMN sealed SET NOT NULL;
-- What had not come to its end is sent again.
DELETE FROM attachment_part p USING attachment a WHERE a.id = p.attachment_id AND a.size IS NULL;
DELETE FROM attachment WHERE size IS NULL;
DROP TRIGGER measured_once ON attachment;
DROP TRIGGER begun_once ON attachment;
CREATE TRIGGER begun_once BEFORE UPDATE OF id, referral_id, agency_id, name, claimed_type, size, sha256, said_by, words,
  begun_at, key, fingerprint ON attachment FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
ALTER TABLE attachment DROP CONSTRAINT attachment_measured;
ALTER TABLE attachment ALTER COLUMN size SET NOT NULL, ALTER COLUMN sha256 SET NOT NULL;
