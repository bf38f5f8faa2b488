-- A browser does not say before it sends a file how large it is, nor its SHA-256: both are known when its last byte has come.
ALTER TABLE attachment ALTER COLUMN size DROP NOT NULL, ALTER COLUMN sha256 DROP NOT NULL;
ALTER TABLE attachment ADD CONSTRAINT attachment_measured
  CHECK ((size IS NULL) = (sha256 IS NULL) AND (size IS NOT NULL OR state = 'uploading'));

-- They are said once, as everything else of a file is.
DROP TRIGGER begun_once ON attachment;
CREATE TRIGGER begun_once BEFORE UPDATE OF id, referral_id, agency_id, name, claimed_type, said_by, words, begun_at, key,
  fingerprint ON attachment FOR EACH STATEMENT EXECUTE FUNCTION mash.refuse_change();
CREATE TRIGGER measured_once BEFORE UPDATE OF size, sha256 ON attachment
  FOR EACH ROW WHEN (old.size IS NOT NULL) EXECUTE FUNCTION mash.refuse_change();

-- The bytes of a part are in its row, or in an object of a store beside the database, whose key ends with this id.
ALTER TABLE attachment_part ALTER COLUMN sealed DROP NOT NULL, ADD COLUMN object_id uuid,
  ADD CONSTRAINT attachment_part_placed CHECK ((sealed IS NULL) = (object_id IS NOT NULL)),
  ADD CONSTRAINT attachment_part_object_id_key UNIQUE (object_id);

-- A file of which nothing comes is gone at once.
GRANT DELETE ON attachment TO mash_agency;
